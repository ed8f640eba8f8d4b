package finding

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chanlint/chanlint/internal/trail"
)

func TestDecode(t *testing.T) {
	const out = `# example.com/m
{
	"example.com/m [example.com/m.test]": {
		"names": [
			{"posn": "/m/b.go:10:2", "end": "/m/b.go:10:3", "message": "second"},
			{"posn": "/m/b.go:9:12", "message": "first"},
			{"posn": "/m/b.go:9:12", "message": "first"},
			{"posn": "/m/c.go:7", "end": "/m/c.go:7", "message": "third"}
		]
	}
}
{}
# example.com/n
{
	"example.com/n": {
		"broken": {"error": "gave up"},
		"zebra": [{"posn": "C:\\n\\a.go:1:1", "end": "C:\\n\\a.go:2:1", "message": "m"}, {"posn": "-", "message": "nowhere"}],
		"alpha": [{
			"category": "c", "posn": "/m/b.go:9:12", "end": "/m/other.go:1:1", "message": "first",
			"related": [{"posn": "/m/c.go:1:2", "end": "/m/c.go:1:4", "message": "here"}],
			"suggested_fixes": [{"message": "do", "edits": [{"filename": "/m/b.go", "start": 1, "end": 2, "new": "x"}]}]
		}]
	}
}
`
	got, problems := Decode(out)
	at := func(file string, line, col, endLine, endCol int) Place {
		return Place{file, Position{line, col}, Position{endLine, endCol}}
	}
	want := []Finding{
		{Pass: "zebra", Message: "nowhere", Package: "example.com/n", Place: Place{File: "-"}},
		{
			Pass: "alpha", Category: "c", Message: "first", Package: "example.com/n", Place: at("/m/b.go", 9, 12, 9, 12),
			Related: []Related{{at("/m/c.go", 1, 2, 1, 4), "here"}},
			Fixes:   []Fix{{"do", []Edit{{"/m/b.go", 1, 2, "x"}}}},
		},
		{Pass: "names", Message: "first", Package: "example.com/m", Place: at("/m/b.go", 9, 12, 9, 12)},
		{Pass: "names", Message: "second", Package: "example.com/m", Place: at("/m/b.go", 10, 2, 10, 3)},
		{Pass: "names", Message: "third", Package: "example.com/m", Place: at("/m/c.go", 7, 0, 7, 0)},
		{Pass: "zebra", Message: "m", Package: "example.com/n", Place: at(`C:\n\a.go`, 1, 1, 2, 1)},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if want := []string{"cannot check example.com/n: broken: gave up"}; !slices.Equal(problems, want) {
		t.Errorf("problems: got %q, want %q", problems, want)
	}
}

// Steps travel among the related positions; what looks like one and is none
// stays there.
func TestDecodeSteps(t *testing.T) {
	related := func(line int, message string) string {
		return fmt.Sprintf(`{"posn": "/m/a.go:%d:2", "end": "/m/a.go:%d:9", "message": %q}`, line, line, message)
	}
	out := `{"p": {"a": [{"posn": "/m/a.go:1:1", "message": "m", "related": [` + strings.Join([]string{
		related(1, "it is made here"),
		related(9, trail.Peer),
		related(2, trail.Encode(trail.Step{Actor: "f", Message: "starts g", Peer: "g"})),
		related(3, trail.Encode(trail.Step{Actor: "g", Message: "sends on c to f", Peer: "f"})),
		related(4, trail.Peer),
		related(5, trail.Encode(trail.Step{Actor: "g", Message: "waits", Stuck: true})),
		related(6, "chanlint step {"),
	}, ",") + `]}]}}`
	got, problems := Decode(out)
	at := func(line int) Place { return Place{"/m/a.go", Position{line, 2}, Position{line, 9}} }
	want := []Finding{{
		Pass: "a", Message: "m", Package: "p", Place: Place{"/m/a.go", Position{1, 1}, Position{1, 1}},
		Related: []Related{{at(1), "it is made here"}, {at(9), trail.Peer}, {at(6), "chanlint step {"}},
		Steps: []Step{
			{Actor: "f", Place: at(2), Message: "starts g", Peer: "g"},
			{Actor: "g", Place: at(3), Message: "sends on c to f", Peer: "f", PeerPlace: at(4)},
			{Actor: "g", Place: at(5), Message: "waits", Stuck: true},
		},
	}}
	if diff := cmp.Diff(want, got); diff != "" || len(problems) > 0 {
		t.Errorf("problems %q, findings (-want +got):\n%s", problems, diff)
	}
}

func TestDecodeBadInput(t *testing.T) {
	tests := []struct {
		out      string
		findings int
		problem  string // prefix, "" if none
	}{
		{"", 0, ""},
		{"{}", 0, ""},
		{"# comment only", 0, ""},
		{"vet: exit status 1\n", 0, "unexpected output of go vet: "},
		{`{"p": {"a": [{"posn": "f:1:1", "message": "m"}]}}{"p": `, 1, "unexpected output of go vet: "},
		{`{"p": {"a": [{"posn": 5}]}}`, 0, "cannot check p: a: json: "},
		{`{"p": {"a": 5}}`, 0, "cannot check p: a: json: "},
		{`{"p": null}`, 0, ""},
		{`[1]`, 0, "unexpected output of go vet: "},
	}
	for _, test := range tests {
		findings, problems := Decode(test.out)
		if len(findings) != test.findings {
			t.Errorf("Decode(%q): findings %v, want %d", test.out, findings, test.findings)
		}
		got := strings.Join(problems, "\n")
		if (got == "") != (test.problem == "") || !strings.HasPrefix(got, test.problem) {
			t.Errorf("Decode(%q): problems %q, want prefix %q", test.out, got, test.problem)
		}
	}
}

func TestName(t *testing.T) {
	f := Finding{Pass: "p", Category: "c"}
	if got, want := f.Name(), "p/c"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got, want := Name("p", ""), "p"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestSortEdits(t *testing.T) {
	edits := []Edit{{"b", 1, 1, "x"}, {"a", 5, 6, ""}, {"a", 1, 2, "y"}, {"b", 1, 1, "x"}}
	want := []Edit{{"a", 1, 2, "y"}, {"a", 5, 6, ""}, {"b", 1, 1, "x"}}
	if got := SortEdits(edits); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if edits[0].File != "b" {
		t.Error("SortEdits changed its argument")
	}
}
