package gitdiff

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chanlint/chanlint/internal/finding"
)

const sample = `diff --git a/a.go b/a.go
index 1..2 100644
--- a/a.go
+++ b/a.go
@@ -3 +3,2 @@ func f() {
--- looks like a header
+++ so does this
+two
@@ -10,2 +12,0 @@ func g() {
-gone
-@@ -1 +1 @@
diff --git "a/odd \"name\".go" "b/odd \"name\".go"
--- "a/odd \"name\".go"
+++ "b/odd \"name\".go"
@@ -0,0 +1 @@
+new
\ No newline at end of file
diff --git a/with space.go b/with space.go
--- a/with space.go	
+++ b/with space.go	
@@ -5,0 +6,3 @@
+1
+2
+3
diff --git a/deleted.go b/deleted.go
--- a/deleted.go
+++ /dev/null
@@ -1 +0,0 @@
-gone
`

func TestParse(t *testing.T) {
	got := make(map[string][][2]int)
	for name, f := range parse(sample) {
		got[name] = f.ranges
	}
	want := map[string][][2]int{
		"a.go":          {{3, 4}, {12, 13}},
		`odd "name".go`: {{1, 1}},
		"with space.go": {{6, 8}},
		"/dev/null":     {{0, 1}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestTouch(t *testing.T) {
	l := &Lines{root: "/r", files: parse(sample)}
	l.files["new.go"] = &fileLines{all: true}
	at := func(file string, first, last int) finding.Place {
		return finding.Place{File: file, Start: finding.Position{Line: first}, End: finding.Position{Line: last}}
	}
	old := at("/r/a.go", 7, 7)
	for _, test := range []struct {
		name string
		f    finding.Finding
		want bool
	}{
		{"before", finding.Finding{Place: at("/r/a.go", 2, 2)}, false},
		{"first", finding.Finding{Place: at("/r/a.go", 3, 3)}, true},
		{"reaches in", finding.Finding{Place: at("/r/a.go", 1, 3)}, true},
		{"behind", finding.Finding{Place: at("/r/a.go", 5, 5)}, false},
		{"behind what has gone", finding.Finding{Place: at("/r/a.go", 13, 13)}, true},
		{"new file", finding.Finding{Place: at("/r/new.go", 99, 99)}, true},
		{"same file", finding.Finding{Place: at("/r/b.go", 3, 3)}, false},
		{"elsewhere", finding.Finding{Place: at("/other/a.go", 3, 3)}, false},
		{"related", finding.Finding{Place: old, Related: []finding.Related{{Place: at("/r/a.go", 4, 4)}}}, true},
		{"related, old", finding.Finding{Place: old, Related: []finding.Related{{Place: old}}}, false},
		{"step", finding.Finding{Place: old, Steps: []finding.Step{{Place: at("/r/a.go", 4, 4)}}}, true},
		{"step, old", finding.Finding{Place: old, Steps: []finding.Step{{Place: old}}}, false},
		{"peer of a step", finding.Finding{Place: old, Steps: []finding.Step{{Place: old, PeerPlace: at("/r/a.go", 4, 4)}}}, true},
	} {
		if got := l.Touch(&test.f); got != test.want {
			t.Errorf("%s: %t, want %t", test.name, got, test.want)
		}
	}
}
