package finding

import (
	"os"
	"strings"
	"unicode/utf8"
)

// Sources reads the files that findings are in, each once. It is not safe for
// concurrent use.
type Sources struct{ files map[string]*Source }

// NewSources returns Sources that have read nothing.
func NewSources() *Sources { return &Sources{files: make(map[string]*Source)} }

// File returns a file, which is empty if it cannot be read.
func (s *Sources) File(name string) *Source {
	f, ok := s.files[name]
	if !ok {
		data, _ := os.ReadFile(name) // there may be none, as for "-"
		f = NewSource(string(data))
		s.files[name] = f
	}
	return f
}

// A Source is the text of a file.
type Source struct {
	Text  string
	lines []int // offset of each line
}

// NewSource returns a file with the given text.
func NewSource(text string) *Source {
	f := &Source{Text: text}
	offset := 0
	for line := range strings.Lines(text) {
		f.lines = append(f.lines, offset)
		offset += len(line)
	}
	if strings.HasSuffix(text, "\n") || text == "" {
		f.lines = append(f.lines, offset) // the empty line at the end
	}
	return f
}

// Len returns the number of lines.
func (f *Source) Len() int { return len(f.lines) }

// Line returns a line without its end, or "" if there is no such line.
func (f *Source) Line(n int) string {
	if n < 1 || n > len(f.lines) {
		return ""
	}
	end := len(f.Text)
	if n < len(f.lines) {
		end = f.lines[n]
	}
	return strings.TrimRight(f.Text[f.lines[n-1]:end], "\r\n")
}

// Position returns the position of an offset, which is moved into the file if
// it is outside.
func (f *Source) Position(offset int) Position {
	offset = min(max(offset, 0), len(f.Text))
	line := len(f.lines)
	for line > 1 && f.lines[line-1] > offset {
		line--
	}
	return Position{line, offset - f.lines[line-1] + 1}
}

// Columns returns the columns from 1 of a position, counted in UTF-16 code
// units, as editors and SARIF do.
func (f *Source) Columns(pos Position) int {
	line := f.Line(pos.Line)
	units := 1
	for i := 0; i < len(line) && i < pos.Column-1; {
		r, size := utf8.DecodeRuneInString(line[i:])
		units++
		if r > 0xffff {
			units++
		}
		i += size
	}
	return units
}
