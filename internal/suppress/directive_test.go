package suppress

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParseDirective(t *testing.T) {
	ignore := func(reason string, names ...string) directive {
		return directive{form: formIgnore, verb: "ignore", names: names, reason: reason}
	}
	for _, test := range []struct {
		text string
		want directive
	}{
		{"//chanlint:ignore chanleak the peer drains", ignore("the peer drains", "chanleak")},
		{"//chanlint:ignore\tchanleak\tthe peer drains\r", ignore("the peer drains", "chanleak")},
		{"//chanlint:ignore a,b why", ignore("why", "a", "b")},
		{"//chanlint:ignore a, b , c why", ignore("why", "a", "b", "c")},
		{"//chanlint:ignore a,b // why", ignore("why", "a", "b")},
		{"//chanlint:ignore a see https://example.com", ignore("see https://example.com", "a")},
		{"//chanlint:ignore a", ignore("", "a")},
		{"//chanlint:ignore a //", ignore("", "a")},
		{"//chanlint:ignore", ignore("")},
		{"//chanlint:ignore ,", ignore("")},
		{"//chanlint:", directive{form: formOther}},
		{"//chanlint:lagsignal Err", directive{form: formOther, verb: "lagsignal", names: []string{"Err"}}},
		{"//chanlint:priority a > b", directive{form: formOther, verb: "priority", names: []string{"a", ">", "b"}}},
		{"// chanlint:ignore a why", directive{form: formSpaced, verb: "ignore", names: []string{"a"}, reason: "why"}},
		{"//nolint", directive{form: formNolint, all: true}},
		{"// nolint", directive{form: formNolint, all: true}},
		{"//nolint // why", directive{form: formNolint, all: true}},
		{"//nolint:chanlint", directive{form: formNolint, names: []string{"chanlint"}}},
		{"//nolint:ChanLint, errcheck // why: so", directive{form: formNolint, names: []string{"chanlint", "errcheck"}}},
		{"//nolint:all", directive{form: formNolint, names: []string{"all"}, all: true}},
		{"//nolint:", directive{form: formNolint}},
		{"//lint:ignore chanlint why", directive{form: formLintIgnore, names: []string{"chanlint"}, reason: "why"}},
		{"//lint:ignore SA1000,chanl* why", directive{form: formLintIgnore, names: []string{"SA1000", "chanl*"}, reason: "why"}},
		{"//lint:file-ignore chanlint why", directive{form: formLintFile, names: []string{"chanlint"}, reason: "why"}},
	} {
		got, ok := parseDirective(test.text)
		if !ok {
			t.Errorf("parseDirective(%q) is no directive, want %+v", test.text, test.want)
			continue
		}
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(directive{}), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("parseDirective(%q) (-want +got):\n%s", test.text, diff)
		}
	}
}

func TestParseDirectiveNot(t *testing.T) {
	for _, text := range []string{
		"// chanlint finds channel mistakes",
		"//chanlint",
		"/*chanlint:ignore chanleak why*/",
		"/*nolint*/",
		"//nolinter",
		"//nolint-chanlint",
		"//lint:ignored chanlint why",
		"// see //chanlint:ignore",
		"//\t//chanlint:ignore chanleak why", // code in a documentation comment
		"//\tchanlint:ignore chanleak why",
		"//",
	} {
		if got, ok := parseDirective(text); ok {
			t.Errorf("parseDirective(%q) = %+v, want no directive", text, got)
		}
	}
}

func TestMatchName(t *testing.T) {
	for _, test := range []struct {
		text, pass string
		want       int
	}{
		{"//chanlint:ignore a,b why", "b", 1},
		{"//chanlint:ignore chanlint why", "a", -1}, // each pass by its name
		{"//chanlint:ignore * why", "a", -1},
		{"//nolint", "a", 0},
		{"//nolint:errcheck,chanlint", "a", 1},
		{"//nolint:errcheck,all", "a", 0},
		{"//nolint:errcheck", "a", -1},
		{"//nolint:chan*", "chanleak", -1},
		{"//lint:ignore SA1000,chanl* why", "a", 1},
		{"//lint:ignore SA* why", "a", -1},
		{"//lint:ignore [ why", "a", -1}, // no pattern
	} {
		d, ok := parseDirective(test.text)
		if !ok {
			t.Errorf("parseDirective(%q) is no directive", test.text)
			continue
		}
		if got := d.matchName(test.pass); got != test.want {
			t.Errorf("%q: matchName(%q) = %d, want %d", test.text, test.pass, got, test.want)
		}
	}
}

func TestNearest(t *testing.T) {
	for _, test := range []struct{ name, want string }{
		{"chanleek", "chanleak"},
		{"ChanLeak", "chanleak"},
		{"leak", ""},
		{"lockaccrosblock", "lockacrossblock"},
		{"", ""},
		{"errcheck", ""},
	} {
		if got := nearest(test.name, passNames); got != test.want {
			t.Errorf("nearest(%q) = %q, want %q", test.name, got, test.want)
		}
	}
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0},
		{"kitten", "sitting", 3}, {"flaw", "lawn", 2},
	} {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("distance(%q, %q) = %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

func TestShorten(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"short", "short"},
		{strings.Repeat("a", 40), strings.Repeat("a", 40)},
		{strings.Repeat("a", 41), strings.Repeat("a", 40) + "..."},
		{strings.Repeat("a", 39) + "ß", strings.Repeat("a", 39) + "..."},
		{"a`b\x00c\xff", "a?b?c?"},
	} {
		if got := shorten(test.in); got != test.want {
			t.Errorf("shorten(%q) = %q, want %q", test.in, got, test.want)
		}
	}
}

// FuzzParseDirective checks what must hold for any comment: what is read was
// written, and a directive that silences something says what and why.
func FuzzParseDirective(f *testing.F) {
	for _, text := range []string{
		"//chanlint:ignore chanleak the peer drains",
		"//chanlint:ignore a, b,,c // why",
		"//chanlint:priority a > b",
		"// chanlint:ignore chanleak why",
		"//nolint", "// nolint:all,chanlint // why",
		"//lint:ignore chanlint,[ why", "//lint:file-ignore * why",
		"//nolint:İ,chanlint", "//chanlint:\u2003ignore\xff",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, ok := parseDirective(text)
		if !ok {
			return
		}
		for _, name := range append(slices.Clone(d.names), d.reason, d.verb) {
			if !strings.Contains(strings.ToLower(text), strings.ToLower(name)) {
				t.Errorf("%q was read from %q", name, text)
			}
		}
		if slices.Contains(d.names, "") {
			t.Errorf("%q has an empty name", text)
		}
		if d.silences() && d.form != formNolint && d.reason == "" {
			t.Errorf("%q silences without a reason", text)
		}
		if i := d.matchName("chanleak"); i >= 0 && !d.all && i >= len(d.names) {
			t.Errorf("%q matches name %d of %d", text, i, len(d.names))
		}
		e := &entry{directive: d}
		if fault := e.fault(passNames); len(fault) > 160 || strings.ContainsAny(fault, "\n`") {
			t.Errorf("%q has the fault %q", text, fault)
		}
		if d.form == formIgnore && d.silences() && e.fault(d.names) != "" {
			t.Errorf("%q is well formed, got the fault %q", text, e.fault(d.names))
		}
	})
}
