// Package gitdiff tells which lines have changed since a revision.
package gitdiff

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/chanlint/chanlint/internal/finding"
	"github.com/chanlint/chanlint/internal/pattern"
)

// Lines are the lines of Go files that have changed.
type Lines struct {
	root  string // of the work tree, without symbolic links
	files map[string]*fileLines
}

// fileLines are the lines of one file.
type fileLines struct {
	all    bool // the file is not known to git
	ranges [][2]int
}

// Since returns the lines of the work tree around dir that are not as they
// were where its history left that of the revision. What git does not know is
// all new.
func Since(ctx context.Context, dir, revision string) (*Lines, error) {
	root, err := git(ctx, dir, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	root = filepath.FromSlash(strings.TrimRight(root, "\r\n"))
	// A revision is no option.
	if _, err := git(ctx, root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision+"^{commit}"); err != nil {
		return nil, fmt.Errorf("git knows no revision %s", revision)
	}
	base := revision
	// Without common history, as in a shallow clone, the revision itself is
	// compared with.
	if merge, err := git(ctx, root, "merge-base", revision, "HEAD"); err == nil {
		base = strings.TrimSpace(merge)
	}
	diff, err := git(ctx, root, "-c", "core.quotepath=off", "diff", "--no-color", "--no-ext-diff", "--no-textconv",
		"--no-relative", "--src-prefix=a/", "--dst-prefix=b/", "--unified=0", base, "--", "*.go")
	if err != nil {
		return nil, err
	}
	unknown, err := git(ctx, root, "ls-files", "--others", "--exclude-standard", "-z", "--", "*.go")
	if err != nil {
		return nil, err
	}
	l := &Lines{root: resolve(root), files: parse(diff)}
	for name := range strings.SplitSeq(unknown, "\x00") {
		if name != "" {
			l.files[name] = &fileLines{all: true}
		}
	}
	return l, nil
}

// git runs git and returns what it prints.
func git(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if _, isExit := errors.AsType[*exec.ExitError](err); isExit {
		first, _, _ := strings.Cut(strings.TrimSpace(errs.String()), "\n")
		return "", fmt.Errorf("asking git: %s", strings.TrimPrefix(first, "fatal: "))
	}
	if err != nil {
		return "", fmt.Errorf("asking git: %w", err)
	}
	return string(out), nil
}

var hunk = pattern.New(`^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@`)

// parse reads a diff without context. Where lines were only taken away, those
// before and after have changed: what has gone may be an unlock.
func parse(diff string) map[string]*fileLines {
	files := make(map[string]*fileLines)
	var file *fileLines
	body := 0 // lines of the hunk still to come, which may look like anything
	for line := range strings.Lines(diff) {
		line = strings.TrimRight(line, "\r\n")
		if body > 0 && line != "" && strings.ContainsRune("+-", rune(line[0])) {
			body--
			continue
		}
		if name, ok := strings.CutPrefix(line, "+++ "); ok {
			file = new(fileLines)
			files[pathOf(name)] = file
			continue
		}
		m := hunk.FindStringSubmatch(line)
		if m == nil || file == nil {
			continue
		}
		start, _ := strconv.Atoi(m[1])
		n := 1
		if m[2] != "" {
			n, _ = strconv.Atoi(m[2])
		}
		body = n + removed(line)
		last := start + n - 1
		if n == 0 {
			last = start + 1
		}
		file.ranges = append(file.ranges, [2]int{start, last})
	}
	return files
}

var oldRange = pattern.New(`^@@ -\d+(?:,(\d+))? `)

// removed returns how many lines a hunk takes away.
func removed(header string) int {
	m := oldRange.FindStringSubmatch(header)
	if m[1] == "" {
		return 1
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// pathOf reads the path in a diff: b/path, quoted if it is odd, with a tab
// behind it if it has spaces.
func pathOf(name string) string {
	name = strings.TrimSuffix(name, "\t")
	if unquoted, err := strconv.Unquote(name); err == nil {
		name = unquoted
	}
	return strings.TrimPrefix(name, "b/")
}

// Touch reports whether a finding is on a line that has changed, or another
// place that belongs to it is.
func (l *Lines) Touch(f *finding.Finding) bool {
	if l.touched(f.Place) {
		return true
	}
	for _, rel := range f.Related {
		if l.touched(rel.Place) {
			return true
		}
	}
	for _, s := range f.Steps {
		if l.touched(s.Place) || l.touched(s.PeerPlace) {
			return true
		}
	}
	return false
}

func (l *Lines) touched(p finding.Place) bool {
	rel, err := filepath.Rel(l.root, resolve(p.File))
	if err != nil {
		return false
	}
	file, ok := l.files[filepath.ToSlash(rel)]
	if !ok {
		return false
	}
	for _, r := range file.ranges {
		if r[0] <= p.End.Line && p.Start.Line <= r[1] {
			return true
		}
	}
	return file.all
}

// resolve returns a path without symbolic links, if it exists.
func resolve(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	return path
}
