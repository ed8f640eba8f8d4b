package finding

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/chanlint/chanlint/internal/trail"
)

// Decode reads the output of go vet -json: an object for each package, which
// maps package to pass to a list of diagnostics or to an error of the pass.
// Lines that start with # are comments.
//
// It returns the findings, sorted and each once, as far as they can be read,
// and why there may be more.
func Decode(out string) (findings []Finding, problems []string) {
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
				found, err := decodePass(pkg, pass, data)
				if err != nil {
					problems = append(problems, fmt.Sprintf("cannot check %s: %s: %v", pkg, pass, err))
				}
				findings = append(findings, found...)
			}
		}
	}
	slices.Sort(problems)
	return Sort(findings), slices.Compact(problems)
}

// A diagnostic is what go vet -json prints for one.
type diagnostic struct {
	location
	Category       string `json:"category"`
	SuggestedFixes []struct {
		Message string `json:"message"`
		Edits   []struct {
			Filename string `json:"filename"`
			Start    int    `json:"start"`
			End      int    `json:"end"`
			New      string `json:"new"`
		} `json:"edits"`
	} `json:"suggested_fixes"`
	Related []location `json:"related"`
}

type location struct {
	Posn    string `json:"posn"`
	End     string `json:"end"`
	Message string `json:"message"`
}

// decodePass reads what one pass says about one package.
func decodePass(pkg, pass string, data []byte) ([]Finding, error) {
	var failure struct {
		Error string `json:"error"`
	}
	if json.Unmarshal(data, &failure) == nil {
		return nil, errors.New(failure.Error)
	}
	var diagnostics []diagnostic
	if err := json.Unmarshal(data, &diagnostics); err != nil {
		return nil, err
	}
	// A variant is called "path [path.test]".
	pkg, _, _ = strings.Cut(pkg, " [")
	var findings []Finding
	for _, d := range diagnostics {
		related, steps := d.related()
		findings = append(findings, Finding{
			Pass:     pass,
			Category: d.Category,
			Message:  d.Message,
			Package:  pkg,
			Place:    d.place(),
			Related:  related,
			Steps:    steps,
			Fixes:    d.fixes(),
		})
	}
	return findings, nil
}

// related takes the steps of a witness from among the related positions.
func (d *diagnostic) related() (all []Related, steps []Step) {
	for _, r := range d.Related {
		s, isStep := trail.Decode(r.Message)
		switch {
		case isStep:
			steps = append(steps, Step{Actor: s.Actor, Place: r.place(), Message: s.Message, Peer: s.Peer, Stuck: s.Stuck})
		case r.Message == trail.Peer && len(steps) > 0:
			steps[len(steps)-1].PeerPlace = r.place()
		default:
			all = append(all, Related{r.place(), r.Message})
		}
	}
	return all, steps
}

func (d *diagnostic) fixes() []Fix {
	var all []Fix
	for _, f := range d.SuggestedFixes {
		fix := Fix{Message: f.Message}
		for _, e := range f.Edits {
			fix.Edits = append(fix.Edits, Edit{File: e.Filename, Start: e.Start, End: e.End, New: e.New})
		}
		all = append(all, fix)
	}
	return all
}

// place reads a location. Its end is that of the start if it is unknown, or
// in another file.
func (l *location) place() Place {
	file, start := splitPosn(l.Posn)
	endFile, end := splitPosn(l.End)
	before := end.Line < start.Line || end.Line == start.Line && end.Column < start.Column
	if endFile != file || before {
		end = start
	}
	return Place{file, start, end}
}

// splitPosn takes file:line:col or file:line apart, from the right: the name
// of a file may hold a colon. A line comment without column leaves none.
func splitPosn(posn string) (file string, pos Position) {
	rest, last := cutLast(posn)
	col, err := strconv.Atoi(last)
	if err != nil {
		return posn, Position{}
	}
	file, last = cutLast(rest)
	line, err := strconv.Atoi(last)
	if err != nil {
		return rest, Position{Line: col} // it was the line
	}
	return file, Position{line, col}
}

func cutLast(s string) (before, after string) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 {
		return s, ""
	}
	return s[:i], s[i+1:]
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
