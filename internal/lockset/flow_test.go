package lockset

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/chanlint/chanlint/internal/conc"
)

var update = flag.Bool("update", false, "write what the tests got into testdata")

// TestArchives solves the functions of the Go file in each archive and
// compares the states with its file "want". In it each operation stands behind
// its line and in front of the locks that are held: "mu" on every path, "mu?"
// on some, "mu(r)" to read, "-mu" if it is the caller's and was released.
func TestArchives(t *testing.T) {
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("got %d archives, error %v", len(archives), err)
	}
	for _, name := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			if len(ar.Files) != 2 || ar.Files[1].Name != "want" {
				t.Fatalf("%s holds %d files, want a Go file and one named want", name, len(ar.Files))
			}
			got := text(load(t, ar.Files[0].Name, string(ar.Files[0].Data)))
			if *update {
				ar.Files[1].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(ar.Files[1].Data), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("states (-want +got):\n%s", diff)
			}
		})
	}
}

// text renders the states of all functions of p.
func text(p *conc.Package) string {
	var b strings.Builder
	for _, f := range p.Funcs {
		if f.SSA.Synthetic != "" {
			continue // the package initializer
		}
		fmt.Fprintf(&b, "%s\n", f.SSA.RelString(p.Types))
		fl := Solve(f, wrapped)
		for op, set := range fl.All() {
			if name := kindNames[op.Kind]; name != "" {
				line := p.Fset.Position(op.Pos()).Line
				fmt.Fprintf(&b, "\t%d %s%s: %s\n", line, name, operand(op), stateText(set))
			}
		}
		if exit := stateText(fl.Exit()); exit != "" {
			fmt.Fprintf(&b, "\texit: %s\n", exit)
		}
	}
	return b.String()
}

var kindNames = map[conc.Kind]string{
	conc.Send: "Send", conc.Recv: "Recv", conc.Select: "Select", conc.Close: "Close",
	conc.Lock: "Lock", conc.RLock: "RLock", conc.Unlock: "Unlock", conc.RUnlock: "RUnlock",
	conc.TryLock: "TryLock", conc.TryRLock: "TryRLock", conc.Call: "Call", conc.Once: "Once",
}

func operand(op *conc.Op) string {
	switch {
	case op.Kind == conc.Call:
		return " " + op.Call.Name
	case op.Place.IsZero():
		return ""
	}
	return " " + op.Place.String()
}

func stateText(s Set) string {
	var parts []string
	for _, h := range s.Held() {
		name := h.Lock.String() + [...]string{"", "(r)", "(once)"}[h.Mode]
		if !h.Must {
			name += "?"
		}
		parts = append(parts, name)
	}
	for _, pl := range s.Freed() {
		parts = append(parts, "-"+pl.String())
	}
	return strings.Join(parts, " ")
}

// wrapped is what a call does to locks: what the one function that it reaches
// leaves held or released.
func wrapped(op *conc.Op) Effect {
	if len(op.Call.Targets) != 1 {
		return Effect{}
	}
	t := op.Call.Targets[0]
	exit := Solve(t.Func, wrapped).Exit()
	var e Effect
	for _, h := range exit.Held() {
		if pl := t.Into(h.Lock); h.Must && !pl.IsZero() {
			e.Acquires = append(e.Acquires, Acquired{pl, h.Mode})
		}
	}
	for _, pl := range exit.Freed() {
		if pl = t.Into(pl); !pl.IsZero() {
			e.Releases = append(e.Releases, pl)
		}
	}
	return e
}
