package fix

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chanlint/chanlint/internal/finding"
)

// plan writes text to a file, and returns it after fixes of one edit list
// each, and how many were applied.
func plan(t *testing.T, text string, fixes ...[]finding.Edit) (string, int) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "a.go")
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	var findings []finding.Finding
	for _, edits := range fixes {
		f := finding.Finding{Fixes: []finding.Fix{{Edits: nil}, {Edits: []finding.Edit{{File: name, New: "second fix"}}}}}
		for _, e := range edits {
			e.File = name
			f.Fixes[0].Edits = append(f.Fixes[0].Edits, e)
		}
		findings = append(findings, f)
	}
	findings = append(findings, finding.Finding{}) // has no fix
	changes, applied := Plan(findings, finding.NewSources())
	if len(changes) == 0 {
		return text, applied
	}
	if err := Write(changes); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data), applied
}

func edit(start, end int, text string) finding.Edit {
	return finding.Edit{Start: start, End: end, New: text}
}

func TestPlan(t *testing.T) {
	type edits = []finding.Edit
	for _, test := range []struct {
		name, text string
		fixes      []edits
		want       string
		applied    int
	}{
		{"replace", "abc", []edits{{edit(1, 2, "X")}}, "aXc", 1},
		{"insert and delete", "abc", []edits{{edit(3, 3, "X"), edit(0, 1, "")}}, "bcX", 1},
		{"two side by side", "abc", []edits{{edit(0, 1, "X")}, {edit(1, 2, "Y")}}, "XYc", 2},
		{"overlap: the first wins", "abc", []edits{{edit(0, 2, "X")}, {edit(1, 3, "Y")}}, "Xc", 1},
		{"all or nothing", "abcd", []edits{{edit(0, 2, "X")}, {edit(1, 2, "Y"), edit(3, 4, "Z")}}, "Xcd", 1},
		{"inserts at the same place", "abc", []edits{{edit(1, 1, "X")}, {edit(1, 1, "Y")}}, "aXbc", 1},
		{"the same insert", "abc", []edits{{edit(0, 0, "I"), edit(1, 2, "X")}, {edit(0, 0, "I"), edit(2, 3, "Y")}}, "IaXY", 2},
		{"overlaps itself", "abc", []edits{{edit(0, 2, "X"), edit(1, 3, "Y")}}, "abc", 0},
		{"outside", "abc", []edits{{edit(2, 9, "X")}}, "abc", 0},
		{"backwards", "abc", []edits{{edit(2, 1, "X")}}, "abc", 0},
		{"changes nothing", "abc", []edits{{edit(1, 2, "b")}}, "abc", 0},
		{"no edits", "abc", []edits{{}}, "abc", 0},
		{"formatted stays formatted", "package p\n\nvar x = 1\n", []edits{{edit(15, 15, "   ")}}, "package p\n\nvar x = 1\n", 1},
		{"odd stays odd", "package p\nvar  x = 1\n", []edits{{edit(15, 15, " ")}}, "package p\nvar   x = 1\n", 1},
	} {
		got, applied := plan(t, test.text, test.fixes...)
		if got != test.want || applied != test.applied {
			t.Errorf("%s: %q after %d fixes, want %q after %d", test.name, got, applied, test.want, test.applied)
		}
	}
}

func TestDiff(t *testing.T) {
	changes := []Change{
		{"/m/sub/a.go", "one\n", "two\n"},
		{"/n/b.go", "", "new\n"},
	}
	got := Diff(changes, "/m")
	const want = `--- a/sub/a.go
+++ b/sub/a.go
@@ -1,1 +1,1 @@
-one
+two
--- a//n/b.go
+++ b//n/b.go
@@ -0,0 +1,1 @@
+new
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
