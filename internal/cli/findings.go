package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// A finding is a diagnostic, as a user sees it.
type finding struct {
	file      string // absolute
	line, col int    // 0 if unknown
	pass      string
	message   string
}

// text renders a finding as one line, with its path relative to dir if that
// is shorter.
func (f finding) text(dir string) string {
	file := f.file
	if rel, err := filepath.Rel(dir, file); err == nil && len(rel) < len(file) {
		file = rel
	}
	if f.line > 0 {
		file += fmt.Sprintf(":%d:%d", f.line, f.col)
	}
	return fmt.Sprintf("%s: %s (%s)", file, f.message, f.pass)
}

func (f finding) compare(g finding) int {
	return cmp.Or(
		strings.Compare(f.file, g.file),
		cmp.Compare(f.line, g.line),
		cmp.Compare(f.col, g.col),
		strings.Compare(f.pass, g.pass),
		strings.Compare(f.message, g.message),
	)
}

// decode reads the output of go vet -json: an object for each package, which
// maps package to pass to a list of diagnostics or to an error of the pass.
// Lines that start with # are comments.
//
// It returns the findings, sorted and each once, as far as they can be read,
// and why there may be more.
func decode(out string) (findings []finding, problems []string) {
	dec := json.NewDecoder(strings.NewReader(dropComments(out)))
	for {
		var unit map[string]map[string]json.RawMessage
		err := dec.Decode(&unit)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			problems = append(problems, fmt.Sprintf("unexpected output of go vet: %v", err))
			break
		}
		for pkg, passes := range unit {
			for pass, data := range passes {
				found, err := decodePass(pass, data)
				if err != nil {
					problems = append(problems, fmt.Sprintf("cannot check %s: %s: %v", pkg, pass, err))
				}
				findings = append(findings, found...)
			}
		}
	}
	slices.SortFunc(findings, finding.compare)
	slices.Sort(problems)
	return slices.Compact(findings), slices.Compact(problems)
}

// decodePass reads what one pass says about one package.
func decodePass(pass string, data []byte) ([]finding, error) {
	var failure struct {
		Error string `json:"error"`
	}
	if json.Unmarshal(data, &failure) == nil {
		return nil, errors.New(failure.Error)
	}
	var diagnostics []struct {
		Posn    string `json:"posn"`
		Message string `json:"message"`
	}
	if err := json.Unmarshal(data, &diagnostics); err != nil {
		return nil, err
	}
	var findings []finding
	for _, d := range diagnostics {
		file, line, col := splitPosn(d.Posn)
		findings = append(findings, finding{file, line, col, pass, d.Message})
	}
	return findings, nil
}

// splitPosn takes file:line:col apart, from the right: the name of a file may
// hold a colon.
func splitPosn(posn string) (file string, line, col int) {
	rest, last, _ := cutLast(posn)
	col, err := strconv.Atoi(last)
	if err != nil {
		return posn, 0, 0
	}
	file, last, _ = cutLast(rest)
	line, err = strconv.Atoi(last)
	if err != nil {
		return posn, 0, 0
	}
	return file, line, col
}

func cutLast(s string) (before, after string, ok bool) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

func dropComments(s string) string {
	var b strings.Builder
	for line := range strings.Lines(s) {
		if !strings.HasPrefix(line, "#") {
			b.WriteString(line)
		}
	}
	return b.String()
}
