package unit

import (
	"flag"
	"log"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
)

func TestServes(t *testing.T) {
	tests := []struct {
		args string
		want bool
	}{
		{"", false},
		{"./...", false},
		{"-V=full", true},
		{"-flags", true},
		{"-json -strict /tmp/vet.cfg", true},
		{"vet.cfg ./...", false},
		{"-version", false},
	}
	for _, test := range tests {
		if got := Serves(strings.Fields(test.args)); got != test.want {
			t.Errorf("Serves(%q) = %t, want %t", test.args, got, test.want)
		}
	}
}

func TestQuiet(t *testing.T) {
	var b strings.Builder
	l := log.New(quiet{&b}, "chanlint: ", 0)
	l.Printf("one: ignoring alternative fix %q", "do it so")
	l.Print("two")
	if got, want := b.String(), "chanlint: two\n"; got != want {
		t.Errorf("logged %q, want %q", got, want)
	}
}

func TestFlags(t *testing.T) {
	one := &analysis.Analyzer{Name: "one"}
	strict1 := one.Flags.Bool("strict", false, "")
	tests1 := one.Flags.Bool("tests", false, "")
	two := &analysis.Analyzer{Name: "two"}
	strict2 := two.Flags.Bool("strict", false, "")
	three := &analysis.Analyzer{Name: "three"}

	var flags flag.FlagSet
	Suite{Own: []*analysis.Analyzer{one, two, three}}.Flags(&flags)
	if err := flags.Parse([]string{"-strict", "p"}); err != nil {
		t.Fatal(err)
	}
	if !*strict1 || !*strict2 || *tests1 {
		t.Errorf("-strict: got %t %t, tests %t", *strict1, *strict2, *tests1)
	}
	if err := flags.Parse([]string{"-tests", "-strict=0"}); err != nil {
		t.Fatal(err)
	}
	if *strict1 || *strict2 || !*tests1 {
		t.Errorf("-tests -strict=0: got %t %t, tests %t", *strict1, *strict2, *tests1)
	}
	if got, want := flags.Lookup("tests").Value.String(), "true"; got != want {
		t.Errorf("value of -tests: %s, want %s", got, want)
	}
	if err := flags.Set("strict", "maybe"); err == nil {
		t.Error("-strict=maybe: no error")
	}
}

func TestChosen(t *testing.T) {
	suite := Suite{
		Own:      []*analysis.Analyzer{{Name: "own"}},
		Standard: []*analysis.Analyzer{{Name: "standard"}},
	}
	tests := []struct {
		args string
		want int
	}{
		{"vet.cfg", 1},
		{"-V=full", 1},
		{"-flags", 2},
		{"-vet vet.cfg", 2},
		{"-json -vet=true vet.cfg", 2},
		{"-vet -vet=false vet.cfg", 1},
		{"-vet=0 --vet=1 vet.cfg", 2},
		{"-vettests=false vet vet.cfg", 1},
	}
	for _, test := range tests {
		if got := len(suite.chosen(strings.Fields(test.args))); got != test.want {
			t.Errorf("%q: %d analyzers, want %d", test.args, got, test.want)
		}
	}
}

func TestForFacts(t *testing.T) {
	idle := func(*analysis.Pass) (any, error) {
		t.Error("an analyzer without facts runs for facts")
		return nil, nil
	}
	fact := &analysis.Analyzer{Name: "fact", FactTypes: []analysis.Fact{nil}}
	form := &analysis.Analyzer{Name: "form", Requires: []*analysis.Analyzer{fact}, Run: idle}
	user := &analysis.Analyzer{Name: "user", Requires: []*analysis.Analyzer{fact, form}, Run: idle}
	user.Flags.Bool("strict", false, "")
	all := forFacts([]*analysis.Analyzer{fact, user})
	if len(all) != 2 || all[0] != fact {
		t.Fatalf("analyzers %v, want fact itself and user", all)
	}
	got := all[1]
	if got.Name != "user" || got.Flags.Lookup("strict") == nil || !slices.Equal(got.Requires, []*analysis.Analyzer{fact}) {
		t.Errorf("user became %+v, want it with its flag, and requiring fact once", got)
	}
	if _, err := got.Run(nil); err != nil {
		t.Error(err)
	}
}

func TestWantsTests(t *testing.T) {
	tests := []struct {
		args string
		want bool
	}{
		{"vet.cfg", false},
		{"-tests vet.cfg", true},
		{"--tests=1 vet.cfg", true},
		{"-own.tests -own.strict vet.cfg", true},
		{"-own.tests=false -tests=0 vet.cfg", false},
		{"-tests=false -own.tests=true vet.cfg", true},
		{"-vettests tests own.tests", false},
		{"-tests=maybe vet.cfg", true}, // an error, later
	}
	for _, test := range tests {
		if got := wantsTests(strings.Fields(test.args)); got != test.want {
			t.Errorf("%q: %t, want %t", test.args, got, test.want)
		}
	}
}

func TestIncludeTests(t *testing.T) {
	base := &analysis.Analyzer{Name: "base", FactTypes: []analysis.Fact{nil}}
	own := &analysis.Analyzer{Name: "own"}
	ofBase := base.Flags.Bool("tests", false, "")
	ofOwn := own.Flags.Bool("tests", false, "")
	Suite{Own: []*analysis.Analyzer{base, own}}.includeTests()
	if !*ofBase || *ofOwn {
		t.Errorf("-tests of the base %t, of the other %t, want true and false", *ofBase, *ofOwn)
	}
}

func TestDropTests(t *testing.T) {
	tests := []struct {
		files string
		want  string
	}{
		{"/p/a.go /p/b.go", "/p/a.go /p/b.go"},
		{"/p/a.go /p/a_test.go /p/test.go", "/p/a.go /p/test.go"},
		{"/p/a_test.go", ""},
		{"", ""},
	}
	for _, test := range tests {
		cfg := &unitchecker.Config{GoFiles: strings.Fields(test.files)}
		dropped := dropTests(cfg)
		if got := strings.Join(cfg.GoFiles, " "); got != test.want || dropped != (got != test.files) {
			t.Errorf("%q: left %q, dropped any: %t, want %q", test.files, got, dropped, test.want)
		}
	}
}

// TestStepsFlag checks that the tool has the flag -steps, which nobody else
// has, and that it reaches what the analyzers require.
func TestStepsFlag(t *testing.T) {
	deep := &analysis.Analyzer{Name: "deep"}
	on := deep.Flags.Bool("steps", false, "")
	middle := &analysis.Analyzer{Name: "middle", Requires: []*analysis.Analyzer{deep}}
	suite := Suite{Own: []*analysis.Analyzer{{Name: "one", Requires: []*analysis.Analyzer{middle}}, middle}}

	var common, tool flag.FlagSet
	suite.Flags(&common)
	if common.Lookup("steps") != nil {
		t.Error("-steps is a flag of all front ends, want one of the tool only")
	}
	suite.stepsFlag(&tool)
	if err := tool.Parse([]string{"-steps"}); err != nil || !*on {
		t.Errorf("-steps: error %v, set %t", err, *on)
	}
}
