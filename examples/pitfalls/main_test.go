package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestPitfalls checks that each mistake shows, and that it has its file in
// both packages.
func TestPitfalls(t *testing.T) {
	for _, p := range pitfalls {
		var wrong, right bytes.Buffer
		p.wrong(indented{&wrong})
		p.right(indented{&right})
		if wrong.Len() == 0 || right.Len() == 0 || wrong.String() == right.String() {
			t.Errorf("%s: wrong prints\n%sright prints\n%swant something else", p.pass, &wrong, &right)
		}
		for _, dir := range []string{"wrong", "right"} {
			if _, err := os.Stat(filepath.Join(dir, p.pass+".go")); err != nil {
				t.Error(err)
			}
		}
	}
}
