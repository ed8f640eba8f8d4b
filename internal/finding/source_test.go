package finding

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSource(t *testing.T) {
	f := NewSource("ab\r\n\té𝄞x\nlast")
	for n, want := range []string{"", "ab", "\té𝄞x", "last", ""} {
		if got := f.Line(n); got != want {
			t.Errorf("Line(%d) = %q, want %q", n, got, want)
		}
	}
	if got, want := f.Len(), 3; got != want {
		t.Errorf("Len() = %d, want %d", got, want)
	}
	for _, test := range []struct {
		offset int
		want   Position
	}{
		{-1, Position{1, 1}},
		{0, Position{1, 1}},
		{3, Position{1, 4}},
		{4, Position{2, 1}},
		{13, Position{3, 1}},
		{17, Position{3, 5}},
		{99, Position{3, 5}},
	} {
		if got := f.Position(test.offset); got != test.want {
			t.Errorf("Position(%d) = %v, want %v", test.offset, got, test.want)
		}
	}
	for _, test := range []struct{ column, want int }{
		{1, 1},
		{2, 2}, // é, two bytes
		{4, 3}, // 𝄞, four bytes, two units
		{8, 5},
		{99, 6},
	} {
		if got := f.Columns(Position{2, test.column}); got != test.want {
			t.Errorf("Columns(2:%d) = %d, want %d", test.column, got, test.want)
		}
	}
}

func TestSourceEnds(t *testing.T) {
	for _, test := range []struct {
		text  string
		lines int
		end   Position
	}{
		{"", 1, Position{1, 1}},
		{"a", 1, Position{1, 2}},
		{"a\n", 2, Position{2, 1}},
	} {
		f := NewSource(test.text)
		if got := f.Len(); got != test.lines {
			t.Errorf("%q: %d lines, want %d", test.text, got, test.lines)
		}
		if got := f.Position(len(test.text)); got != test.end {
			t.Errorf("%q: end %v, want %v", test.text, got, test.end)
		}
	}
}

func TestSources(t *testing.T) {
	name := filepath.Join(t.TempDir(), "a.go")
	if err := os.WriteFile(name, []byte("one"), 0o666); err != nil {
		t.Fatal(err)
	}
	sources := NewSources()
	if got, want := sources.File(name).Text, "one"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if err := os.WriteFile(name, []byte("two"), 0o666); err != nil {
		t.Fatal(err)
	}
	if got, want := sources.File(name).Text, "one"; got != want {
		t.Errorf("read again: %q, want %q", got, want)
	}
	if got := sources.File("-").Text; got != "" {
		t.Errorf("text of no file: %q", got)
	}
}
