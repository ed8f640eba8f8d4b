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
// An arrow starts behind the box of its step, and its head stands in the gap
// before the box of the peer, or on the line of the peer's life.
const lane = (e) => parseInt(e.style.gridColumn);
const row = (e) => e.style.gridRow;
const lanes = document.querySelector(".lanes");
const box = (e) => e.getBoundingClientRect();
const find = (kind, like) => [...lanes.querySelectorAll(kind)].find((e) => row(e) === row(like));
seen.push("lanes:" + [...lanes.querySelectorAll(".actor")].map((e) => e.textContent).join("|"));
seen.push("arrows:" + [...lanes.querySelectorAll(".arrow")].map((arrow) => {
  const step = find(".step", arrow), peer = find(".peer", arrow);
  const left = arrow.classList.contains("left"), whole = box(arrow);
  const inset = parseFloat(getComputedStyle(arrow, "::after")[left ? "left" : "right"]);
  const head = left ? whole.left + inset : whole.right - inset;
  const from = left ? box(step).right : box(step).left;
  const start = left ? whole.right : whole.left;
  const life = [...lanes.querySelectorAll(".life")].map((e) => box(e).left);
  const near = peer ? (left ? box(peer).right : box(peer).left) : life[1];
  return (left ? "left" : "right") + (Math.abs(start - from) < 2 && Math.abs(head - near) < 3 ? " meets" : " misses " + [start, from, head, near]);
}).join("|"));
const badColor = (e) => getComputedStyle(e).borderLeftColor;
const steps = [...lanes.querySelectorAll(".step")];
seen.push("stuck:" + steps.filter((e) => badColor(e) !== badColor(steps[0])).map((e) => e.textContent.replace(/\s+/g, " ").slice(0, 25)).join("|"));
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
		"lanes:Push|Drain;arrows:right meets|right meets|left meets;stuck:5 Drain: blocks for ever |6 Push: blocks for ever s;" +
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
