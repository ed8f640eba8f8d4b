package baseline

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chanlint/chanlint/internal/finding"
)

func found(prints ...string) []finding.Finding {
	var all []finding.Finding
	for _, p := range prints {
		all = append(all, finding.Finding{Pass: "a", Category: "c", Package: "p", Message: "m " + p, Fingerprint: p})
	}
	return all
}

func TestFilter(t *testing.T) {
	b := Of(found("1", "2", "3"))
	fresh, missing := b.Filter(found("2", "4"))
	if diff := cmp.Diff(found("4"), fresh); diff != "" {
		t.Errorf("fresh (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(Of(found("1", "3")).Entries, missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	if got, want := missing[0].Pass(), "a"; got != want {
		t.Errorf("pass %s, want %s", got, want)
	}
}

func TestRoundTrip(t *testing.T) {
	name := filepath.Join(t.TempDir(), "known")
	b := Of(found("2", "1"))
	b.Keep(Of(found("0")).Entries)
	if err := b.Write(name); err != nil {
		t.Fatal(err)
	}
	got, err := Read(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b, got); diff != "" {
		t.Errorf("-written +read:\n%s", diff)
	}
	var prints []string
	for _, e := range got.Entries {
		prints = append(prints, e.Fingerprint)
	}
	if want := []string{"0", "1", "2"}; !slices.Equal(prints, want) {
		t.Errorf("order %q, want %q", prints, want)
	}
}

func TestReadErrors(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", "ends too early"},
		{`{"version": 1, "findings": [{"fing`, "ends too early"},
		{`{"version": 2, "findings": []}`, "version 2, want 1"},
		{`{"version": 1, "entries": []}`, `unknown field "entries"`},
		{`[]`, "cannot unmarshal"},
	} {
		name := filepath.Join(t.TempDir(), "known")
		if err := os.WriteFile(name, []byte(test.text), 0o666); err != nil {
			t.Fatal(err)
		}
		_, err := Read(name)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("Read(%q): %v, want %s", test.text, err, test.want)
		}
	}
}
