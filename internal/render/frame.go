package render

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"

	"github.com/chanlint/chanlint/internal/finding"
)

// A frame shows the marked lines of one file.
type frame struct {
	marks []mark
	lines []frameLine
}

func (fr *frame) last() int { return fr.lines[len(fr.lines)-1].number }

// A mark is what a frame points at.
type mark struct {
	place   finding.Place
	primary bool // the finding itself
	message string
}

// A frameLine is a line of source, or the gap between two if its number is 0.
type frameLine struct {
	number int
	text   string
	marks  []underline
}

// An underline is a mark, in columns of a terminal.
type underline struct {
	indent, length int
	primary        bool
	message        string
}

// frames returns the places of a finding, with the code there. The first frame
// is that of the file the finding is in. Files that cannot be read have none.
func (r *Report) frames(f *finding.Finding, context int) []frame {
	marks := []mark{{f.Place, true, ""}}
	for _, rel := range f.Related {
		marks = append(marks, mark{rel.Place, false, clean(rel.Message)})
	}
	var frames []frame
	for len(marks) > 0 {
		file := marks[0].place.File
		var here, elsewhere []mark
		for _, m := range marks {
			if m.place.File == file {
				here = append(here, m)
			} else {
				elsewhere = append(elsewhere, m)
			}
		}
		fr := newFrame(r.Sources.File(file), here, context)
		if len(fr.lines) > 0 {
			frames = append(frames, fr)
		}
		marks = elsewhere
	}
	return frames
}

// newFrame returns the lines that marks are on, and those around them. One
// line between two of these is shown, too; more are a gap.
func newFrame(src *finding.Source, marks []mark, context int) frame {
	fr := frame{marks: marks}
	under := make(map[int][]underline)
	shown := make(map[int]bool)
	sorted := slices.SortedStableFunc(slices.Values(marks), func(a, b mark) int {
		return cmp.Compare(a.place.Start.Column, b.place.Start.Column)
	})
	for _, m := range sorted {
		n := m.place.Start.Line
		if strings.TrimSpace(src.Line(n)) == "" {
			continue // the file has changed, or is none
		}
		under[n] = append(under[n], newUnderline(src, m))
		for i := max(n-context, 1); i <= min(n+context, src.Len()); i++ {
			shown[i] = true
		}
	}
	for _, n := range slices.Sorted(maps.Keys(shown)) {
		switch {
		case len(fr.lines) == 0 || fr.last() == n-1:
		case fr.last() == n-2:
			fr.lines = append(fr.lines, frameLine{number: n - 1, text: expand(src.Line(n - 1))})
		default:
			fr.lines = append(fr.lines, frameLine{})
		}
		fr.lines = append(fr.lines, frameLine{n, expand(src.Line(n)), under[n]})
	}
	fr.trim()
	fr.unindent()
	return fr
}

// newUnderline returns a mark in columns. What goes on in the next line ends
// at the end of its first; without a column it is the whole line.
func newUnderline(src *finding.Source, m mark) underline {
	line := src.Line(m.place.Start.Line)
	start := min(m.place.Start.Column-1, len(line))
	if start < 0 {
		start = len(line) - len(strings.TrimLeft(line, " \t"))
	}
	end := len(line)
	if m.place.End.Line == m.place.Start.Line && m.place.End.Column > 0 {
		end = min(max(m.place.End.Column-1, start), len(line))
	}
	indent := width(line[:start])
	return underline{indent, max(1, width(line[:end])-indent), m.primary, m.message}
}

// trim removes empty lines at both ends.
func (fr *frame) trim() {
	empty := func(l frameLine) bool { return strings.TrimSpace(l.text) == "" }
	for len(fr.lines) > 0 && empty(fr.lines[0]) {
		fr.lines = fr.lines[1:]
	}
	for len(fr.lines) > 0 && empty(fr.lines[len(fr.lines)-1]) {
		fr.lines = fr.lines[:len(fr.lines)-1]
	}
}

// unindent removes the space that all lines start with.
func (fr *frame) unindent() {
	least := -1
	for _, l := range fr.lines {
		if strings.TrimSpace(l.text) != "" {
			indent := len(l.text) - len(strings.TrimLeft(l.text, " "))
			if least < 0 || indent < least {
				least = indent
			}
		}
	}
	for i := range fr.lines {
		l := &fr.lines[i]
		l.text = l.text[min(max(least, 0), len(l.text)):]
		for j := range l.marks {
			l.marks[j].indent = max(l.marks[j].indent-least, 0)
		}
	}
}

// tabWidth is that of the code shown.
const tabWidth = 4

// expand makes a line fit for a terminal: tabs become spaces, and no character
// controls it.
func expand(line string) string {
	return clean(strings.ReplaceAll(line, "\t", strings.Repeat(" ", tabWidth)))
}

// width returns how many columns of a terminal a part of a line takes.
func width(s string) int { return runewidth.StringWidth(expand(s)) }

// clean replaces the characters that control a terminal.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
