package gclplugin

import (
	"slices"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint"
)

// build returns the analyzers of the plugin, as golangci-lint gets them.
func build(t *testing.T, settings any) []*analysis.Analyzer {
	t.Helper()
	newPlugin, err := register.GetPlugin("chanlint")
	if err != nil {
		t.Fatal(err)
	}
	p, err := newPlugin(settings)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := p.GetLoadMode(), register.LoadModeTypesInfo; got != want {
		t.Errorf("load mode %s, want %s", got, want)
	}
	analyzers, err := p.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	if err := analysis.Validate(analyzers); err != nil {
		t.Error(err)
	}
	return analyzers
}

func namesOf(analyzers []*analysis.Analyzer) []string {
	var all []string
	for _, a := range analyzers {
		all = append(all, a.Name)
	}
	return all
}

// restore sets the flags of the analyzers back after a test.
func restore(t *testing.T) {
	t.Cleanup(func() {
		if _, err := New(map[string]any{"strict": false, "tests": false}); err != nil {
			t.Error(err)
		}
	})
}

func TestAll(t *testing.T) {
	got, want := namesOf(build(t, nil)), namesOf(chanlint.Analyzers())
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestSelection(t *testing.T) {
	pass := chanlint.Passes()[0].Name
	facts := 0
	for _, a := range chanlint.Analyzers() {
		if len(a.FactTypes) > 0 {
			facts++
		}
	}
	only := build(t, map[string]any{"enable": []any{pass}})
	if got, want := len(only), facts+1; got != want {
		t.Errorf("enable: %d analyzers, want %d: the pass and those with facts", got, want)
	}
	others := namesOf(build(t, map[string]any{"disable": []any{pass}}))
	if slices.Contains(others, pass) || len(others) != len(chanlint.Analyzers())-1 {
		t.Errorf("disable %s: got %q", pass, others)
	}
}

func TestSettings(t *testing.T) {
	restore(t)
	one, two := chanlint.Passes()[0], chanlint.Passes()[1]
	build(t, map[string]any{
		"strict": true,
		one.Name: map[string]any{"strict": false, "tests": true},
	})
	for _, test := range []struct {
		pass       *analysis.Analyzer
		flag, want string
	}{
		{one, "strict", "false"},
		{one, "tests", "true"},
		{two, "strict", "true"},
		{two, "tests", "false"},
	} {
		if got := test.pass.Flags.Lookup(test.flag).Value.String(); got != test.want {
			t.Errorf("%s.%s is %s, want %s", test.pass.Name, test.flag, got, test.want)
		}
	}
}

func TestBadSettings(t *testing.T) {
	restore(t)
	pass := chanlint.Passes()[0].Name
	for _, test := range []struct {
		settings any
		want     string
	}{
		{map[string]any{"strikt": true}, "unknown setting strikt; is strict meant?"},
		{map[string]any{"vet": true}, "unknown setting vet"},
		{map[string]any{"strict": "maybe"}, `setting strict: bad value maybe: strconv.ParseBool: parsing "maybe": invalid syntax`},
		{map[string]any{pass: map[string]any{"strikt": true}}, "unknown setting " + pass + ".strikt; is " + pass + ".strict meant?"},
		{map[string]any{"enable": "all"}, "enable must be a list of passes"},
		{map[string]any{"disable": []any{pass + "s"}}, "disable: no pass " + pass + "s; is " + pass + " meant?"},
	} {
		_, err := New(test.settings)
		if err == nil {
			t.Errorf("settings %v: no error, want %s", test.settings, test.want)
		} else if got := err.Error(); got != test.want {
			t.Errorf("settings %v: %s, want %s", test.settings, got, test.want)
		}
	}
}

// TestQuiet checks that the copies of analyzers report as the originals do,
// but for the other places, and depend on copies.
func TestQuiet(t *testing.T) {
	original := &analysis.Analyzer{Name: "original", Run: func(pass *analysis.Pass) (any, error) {
		pass.Report(analysis.Diagnostic{Message: "m", Related: []analysis.RelatedInformation{{Message: "here"}}})
		return "result", nil
	}}
	later := &analysis.Analyzer{Name: "later", Requires: []*analysis.Analyzer{original}}
	facts := &analysis.Analyzer{Name: "facts", FactTypes: []analysis.Fact{nil}}

	list := withoutRelated([]*analysis.Analyzer{original, later, facts})
	if list[0] == original || list[1].Requires[0] != list[0] || list[2] != facts {
		t.Errorf("wrong copies: %v", list)
	}
	if later.Requires[0] != original {
		t.Error("the original has changed")
	}
	var got []analysis.Diagnostic
	result, err := list[0].Run(&analysis.Pass{Report: func(d analysis.Diagnostic) { got = append(got, d) }})
	if result != "result" || err != nil {
		t.Errorf("got %v, %v", result, err)
	}
	if len(got) != 1 || got[0].Message != "m" || got[0].Related != nil {
		t.Errorf("reported %v, want m alone", got)
	}
}
