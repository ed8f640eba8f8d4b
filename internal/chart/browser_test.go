package chart

import (
	"testing"

	"github.com/chanlint/chanlint/internal/browser"
)

// TestBrowser looks at a picture in a browser, in the light and in the dark.
func TestBrowser(t *testing.T) {
	b := browser.Find(t)
	const file = "testdata/golden/service.svg"
	if v := b.Open(t, file); len(v.Errors) > 0 {
		t.Errorf("errors on the console: %q", v.Errors)
	}
	light := b.Screenshot(t, file, "light", 800, 1000)
	dark := b.Screenshot(t, file, "dark", 800, 1000)
	if n := min(browser.Colors(light), browser.Colors(dark)); n < 20 {
		t.Errorf("the picture has %d colors: is it blank?", n)
	}
	if l, d := browser.Brightness(light), browser.Brightness(dark); l < 0.8 || d > 0.3 {
		t.Errorf("brightness %.2f in the light and %.2f in the dark", l, d)
	}
}
