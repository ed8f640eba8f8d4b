package render

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chanlint/chanlint/internal/browser"
)

// probe is a script at the end of the page, after its own. It uses the keys as
// a reader would, and writes what it sees into the page.
const probe = `<script>
const seen = [];
const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
const at = () => document.activeElement.id || document.activeElement.tagName;
const articles = () => [...document.querySelectorAll("article:not([hidden])")];
press("/"); seen.push("slash:" + at());
press("Escape"); seen.push("escape:" + at());
press("j"); seen.push("j:" + (document.activeElement === articles()[0]));
press("j"); seen.push("jj:" + (document.activeElement === articles()[1]));
press("k"); seen.push("k:" + (document.activeElement === articles()[0]));
const reachable = [...document.querySelectorAll("a[href], input, article, pre, .lanes")];
seen.push("unreachable:" + reachable.filter((e) => e.tabIndex < 0).length);
seen.push("dead:" + [...document.querySelectorAll('a[href^="#"]')].filter((a) => !document.getElementById(a.hash.slice(1))).length);
seen.push("unnamed:" + reachable.filter((e) => e.matches("a") && !(e.textContent.trim() || e.ariaLabel)).length);
const search = document.getElementById("search");
search.value = "drain";
search.dispatchEvent(new InputEvent("input", {bubbles: true}));
seen.push("found:" + articles().length, "status:" + document.getElementById("total").textContent);
search.value = "";
document.querySelector("[name=group][value=pass]").click();
seen.push("groups:" + [...document.querySelectorAll("h2")].map((h) => h.textContent).join("|"));
seen.push("wide:" + (document.documentElement.scrollWidth > document.documentElement.clientWidth));
document.body.dataset.seen = seen.join(";");
</script></body>`

// TestBrowser looks at the page in a browser: that its script runs, that keys
// and links lead somewhere, and that there is something to see.
func TestBrowser(t *testing.T) {
	b := browser.Find(t)
	page := render(t, "html", testReport(t))
	dir := t.TempDir()
	file := write(t, dir, "page.html", page)
	if v := b.Open(t, file); len(v.Errors) > 0 {
		t.Errorf("errors on the console: %q", v.Errors)
	}

	v := b.Open(t, write(t, dir, "probe.html", strings.Replace(page, "</body>", probe, 1)))
	if len(v.Errors) > 0 {
		t.Errorf("errors on the console: %q", v.Errors)
	}
	got := ""
	if m := regexp.MustCompile(`data-seen="([^"]*)"`).FindStringSubmatch(v.DOM); m != nil {
		got = m[1]
	}
	want := "slash:search;escape:BODY;j:true;jj:true;k:true;unreachable:0;dead:0;unnamed:0;" +
		"found:1;status:1 of 4 findings;groups:stuck 3|lockacross 1;wide:false"
	if got != want {
		t.Errorf("in the page:\ngot  %s\nwant %s", got, want)
	}

	light := b.Screenshot(t, file, "light", 1000, 800)
	dark := b.Screenshot(t, file, "dark", 1000, 800)
	if n := min(browser.Colors(light), browser.Colors(dark)); n < 20 {
		t.Errorf("the page has %d colors: is it blank?", n)
	}
	if l, d := browser.Brightness(light), browser.Brightness(dark); l < 0.8 || d > 0.3 {
		t.Errorf("brightness %.2f in the light and %.2f in the dark", l, d)
	}
}

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}
