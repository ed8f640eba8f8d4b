package render

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/chanlint/chanlint/internal/finding"
)

// TestJSONSchema checks that the JSON format is what its schema says.
func TestJSONSchema(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile(filepath.FromSlash("../../docs/findings.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	full := testReport(t)
	empty := &Report{Sources: finding.NewSources()}
	for _, r := range []*Report{full, empty} {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(render(t, "json", r)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(doc); err != nil {
			t.Error(err)
		}
	}
}

// TestSARIF checks what the schema of SARIF cannot say: that indexes lead to
// what they should, and what GitHub wants besides.
func TestSARIF(t *testing.T) {
	r := testReport(t)
	var log sarifLog
	if err := json.Unmarshal([]byte(render(t, "sarif", r)), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if got, want := len(run.Results), len(r.Findings); got != want {
		t.Fatalf("%d results, want %d", got, want)
	}
	for i, res := range run.Results {
		if got := run.Tool.Driver.Rules[res.RuleIndex].ID; got != res.RuleID {
			t.Errorf("result %d: rule %s, its index leads to %s", i, res.RuleID, got)
		}
		if res.Fingerprints[fingerprintName] == "" {
			t.Errorf("result %d has no fingerprint", i)
		}
		for _, loc := range append(res.Locations, res.Related...) {
			artifact := loc.Physical.Artifact
			if artifact.Base != sarifRoot || strings.HasPrefix(artifact.URI, "/") || strings.Contains(artifact.URI, "..") {
				t.Errorf("result %d: location %v is not below the root", i, artifact)
			}
		}
	}
	if run.Invocations[0].Successful || len(run.Invocations[0].Notifications) != 1 {
		t.Errorf("a problem is not told: %v", run.Invocations)
	}
}

// TestSARIFColumns checks that columns count UTF-16 code units.
func TestSARIFColumns(t *testing.T) {
	r := testReport(t)
	place := place(r.Root, "queue/queue.go", 14, 2, 22)
	region := r.sarifRegion(place)
	// 漢é takes three bytes more than units.
	if region.StartColumn != 2 || region.EndColumn != 19 {
		t.Errorf("columns %d to %d, want 2 to 19", region.StartColumn, region.EndColumn)
	}
}

func TestXML(t *testing.T) {
	for _, format := range []string{"checkstyle", "junit"} {
		var doc struct {
			XMLName xml.Name
		}
		if err := xml.Unmarshal([]byte(render(t, format, testReport(t))), &doc); err != nil {
			t.Errorf("%s: %v", format, err)
		}
	}
}

// TestHTML checks that the page loads nothing, and that nothing in a finding
// becomes part of it.
func TestHTML(t *testing.T) {
	r := testReport(t)
	r.Findings[1].Message = `</script><script>alert("x")</script>`
	page := render(t, "html", r)
	for _, bad := range []string{
		`<script>alert`,
		`src=`,
		`@import`,
		`url(`,
		`<link`,
	} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %s in it", bad)
		}
	}
	ids := make(map[string]bool)
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if ids[m[1]] {
			t.Errorf("id %s is there twice", m[1])
		}
		ids[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`(?:href="#|for="|aria-labelledby=")([^"]*)"`).FindAllStringSubmatch(page, -1) {
		if !ids[m[1]] {
			t.Errorf("%s leads nowhere", m[0])
		}
	}
	for _, want := range []string{"prefers-color-scheme: dark", "Content-Security-Policy", `name="viewport"`, "grid-column:2;grid-row:6"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
}

func TestJoined(t *testing.T) {
	r := testReport(t)
	file := filepath.Join(r.Root, "queue", "start.go")
	edit := func(start, end int, text string) finding.Edit {
		return finding.Edit{File: file, Start: start, End: end, New: text}
	}
	for _, test := range []struct {
		edits []finding.Edit
		text  string
		ok    bool
	}{
		{nil, "", false},
		{[]finding.Edit{edit(8, 13, "p")}, "p", true},
		{[]finding.Edit{edit(13, 13, "s"), edit(0, 0, "//\n")}, "//\npackage queues", true},
		{[]finding.Edit{edit(0, 5, ""), edit(3, 6, "")}, "", false},
		{[]finding.Edit{edit(0, 5000, "")}, "", false},
		{[]finding.Edit{edit(0, 1, ""), {File: "other.go", Start: 0, End: 1}}, "", false},
	} {
		_, text, ok := r.joined(finding.Fix{Edits: test.edits})
		if text != test.text || ok != test.ok {
			t.Errorf("joined %v: %q, %t; want %q, %t", test.edits, text, ok, test.text, test.ok)
		}
	}
}

func TestPaths(t *testing.T) {
	r := &Report{Dir: "/repo/cmd", Root: "/repo"}
	for _, test := range []struct{ file, shown, path string }{
		{"/repo/cmd/a.go", "a.go", "cmd/a.go"},
		{"/repo/b.go", "../b.go", "b.go"},
		{"/c.go", "/c.go", "/c.go"}, // ../../c.go is longer
		{"-", "-", "-"},
	} {
		if got := r.shown(test.file); got != test.shown {
			t.Errorf("shown(%s) = %s, want %s", test.file, got, test.shown)
		}
		if got := r.path(test.file); got != test.path {
			t.Errorf("path(%s) = %s, want %s", test.file, got, test.path)
		}
	}
}

// TestLongWitness checks that people see both ends of a long witness.
func TestLongWitness(t *testing.T) {
	r := &Report{Sources: finding.NewSources()}
	for _, test := range []struct {
		steps int
		left  string
	}{
		{12, ""},
		{13, ""}, // the line that says so takes as much room as the step
		{14, "... 2 steps more, in -o html and -o json"},
		{50, "... 38 steps more, in -o html and -o json"},
	} {
		f := finding.Finding{Pass: "stuck", Message: "m"}
		for i := range test.steps {
			f.Steps = append(f.Steps, finding.Step{Actor: "a", Message: fmt.Sprintf("does %d", i+1)})
		}
		r.Findings = []finding.Finding{f}
		got := render(t, "text", r)
		if (test.left != "") != strings.Contains(got, "...") || !strings.Contains(got, test.left) {
			t.Errorf("%d steps: got\n%swant %q", test.steps, got, test.left)
		}
		for _, want := range []string{" 1. a  does 1  ", " 4. a  does 4  ", fmt.Sprintf("%2d. a  does %[1]d  ", test.steps-7)} {
			if !strings.Contains(got, want) {
				t.Errorf("%d steps: got\n%swant %q", test.steps, got, want)
			}
		}
	}
}

// TestSARIFThreads checks the flows of goroutines: each has its own steps and
// those that reach it, under the number that they have in the witness.
func TestSARIFThreads(t *testing.T) {
	var log sarifLog
	if err := json.Unmarshal([]byte(render(t, "sarif", testReport(t))), &log); err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, res := range log.Runs[0].Results {
		if len(res.CodeFlows) == 0 || len(res.CodeFlows[0].ThreadFlows) < 2 {
			continue
		}
		for _, thread := range res.CodeFlows[0].ThreadFlows {
			for _, loc := range thread.Locations {
				got = append(got, fmt.Sprintf("%s %d %s %s", thread.ID, loc.Order, loc.Location.Message.Text, loc.Importance))
			}
		}
	}
	want := []string{
		"Push 1 starts Drain ",
		"Push 2 sends on q.out to Drain ",
		"Push 3 locks q.mu ",
		"Push 4 Drain wakes Push ",
		"Push 6 blocks for ever sending on q.out essential",
		"Drain 2 Push sends on q.out to Drain ",
		"Drain 4 wakes Push ",
		"Drain 5 blocks for ever locking q.mu essential",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("threads (-want +got):\n%s", diff)
	}
}
