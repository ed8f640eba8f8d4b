package browser

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestBrowser checks that the browser would see what can be wrong with a page.
func TestBrowser(t *testing.T) {
	b := Find(t)
	dir := t.TempDir()
	page := func(name, body string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte("<!DOCTYPE html><meta name=color-scheme content='light dark'><body>"+body), 0o666); err != nil {
			t.Fatal(err)
		}
		return file
	}

	v := b.Open(t, page("good page.html", "<p id=p>no</p><script>p.textContent='yes'</script>"))
	if !strings.Contains(v.DOM, `<p id="p">yes</p>`) || len(v.Errors) > 0 {
		t.Errorf("a good page: errors %q, and it is\n%s", v.Errors, v.DOM)
	}
	v = b.Open(t, page("bad.html", "<script>nothing.there()</script>"))
	if len(v.Errors) != 1 || !strings.Contains(v.Errors[0], "nothing is not defined") {
		t.Errorf("a page with an error: errors %q", v.Errors)
	}

	blank := b.Screenshot(t, page("blank.html", ""), "light", 600, 400)
	if got := Colors(blank); got != 1 {
		t.Errorf("a blank page has %d colors, want 1", got)
	}
	if got := Brightness(blank); got < 0.9 {
		t.Errorf("a light page has brightness %.2f", got)
	}
	dark := b.Screenshot(t, page("text.html", "<h1>text</h1>"), "dark", 600, 400)
	if got := Brightness(dark); got > 0.3 {
		t.Errorf("a dark page has brightness %.2f", got)
	}
	if got := Colors(dark); got < 3 {
		t.Errorf("a page with text has %d colors", got)
	}
}
