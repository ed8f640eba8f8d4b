package effect

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/lockset"
)

var update = flag.Bool("update", false, "write what the tests got into testdata")

// TestArchives computes the effects of the packages in each archive and
// compares them with its file "want". In it a function is followed by how it
// may wait, what it does to locks, its fact, and, for each lock that is held
// across a wait, what the engine answers about the two.
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
			last := len(ar.Files) - 1
			if last < 1 || ar.Files[last].Name != "want" {
				t.Fatalf("%s holds %d files, the last of them not named want", name, last+1)
			}
			var b strings.Builder
			for _, r := range loadWorld(t, ar.Files[:last]) {
				writeResult(&b, r)
			}
			if *update {
				ar.Files[last].Data = []byte(b.String())
				if err := os.WriteFile(name, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(ar.Files[last].Data), "\n"), strings.Split(b.String(), "\n")); diff != "" {
				t.Errorf("effects (-want +got):\n%s", diff)
			}
		})
	}
}

// writeResult renders the functions of r that have an effect.
func writeResult(b *strings.Builder, r *Result) {
	for _, f := range r.Funcs {
		var lines []string
		lines = append(lines, summaryLines(r, f)...)
		if entry := r.Entry(f); len(entry) > 0 {
			lines = append(lines, "entered with "+heldText(entry))
		}
		if f.Obj != nil && f.Obj.Exported() {
			if fact := r.Fact(f); fact != nil {
				lines = append(lines, "fact: "+fact.String())
			}
		}
		lines = append(lines, verdictLines(r, f)...)
		if len(lines) > 0 {
			fmt.Fprintf(b, "%s.%s\n\t%s\n", r.Types.Path(), f.SSA.RelString(r.Types), strings.Join(lines, "\n\t"))
		}
	}
}

func summaryLines(r *Result, f *conc.Func) []string {
	s := r.funcs[f].summary
	var lines []string
	for _, w := range s.waits {
		lines = append(lines, "may wait: "+waitText(w))
	}
	for _, l := range s.locks {
		lines = append(lines, "locks "+lockText(r, l))
	}
	for _, a := range s.acquires {
		lines = append(lines, "leaves "+a.Lock.String()+modeText(a.Mode)+" locked")
	}
	for _, pl := range s.releases {
		lines = append(lines, "unlocks "+pl.String())
	}
	for _, p := range s.params {
		line := "calls " + p.param.Name()
		if len(p.under) > 0 {
			line += " under " + heldText(p.under)
		}
		for _, pl := range p.freed {
			line += " having unlocked " + pl.String()
		}
		lines = append(lines, line)
	}
	return lines
}

func waitText(w Wait) string {
	s := w.What
	if w.Kind == Token {
		s += ", a signal,"
	}
	if w.Kind == IO {
		s += ", input or output,"
	}
	s += [...]string{"", " until a timer", " until a context", " until stopped"}[w.Bound]
	s += " (" + w.Where + ")"
	if len(w.Calls) > 0 {
		s += " in " + strings.Join(w.Calls, ", ")
	}
	if w.Depth != len(w.Calls) {
		s += fmt.Sprintf(", %d calls away", w.Depth)
	}
	s += viaText(w.Via)
	for _, pl := range w.Freed {
		s += " having unlocked " + pl.String()
	}
	if len(w.Under) > 0 {
		s += " under " + heldText(w.Under)
	}
	return s
}

func viaText(v conc.Via) string { return [...]string{"", " by callback", " by interface"}[v] }

func modeText(m lockset.Mode) string { return [...]string{"", "(r)", "(once)"}[m] }

func lockText(r *Result, l LockUse) string {
	s := fmt.Sprintf("%s%s (%s)", l.Lock, modeText(l.Mode), where(r.Fset, l.Op.Pos()))
	if len(l.Calls) > 0 {
		s += " in " + strings.Join(l.Calls, ", ")
	}
	s += viaText(l.Via)
	if l.Guarded {
		s += " if a parameter says so"
	}
	if l.Freed {
		s += " again"
	}
	return s
}

func heldText(held []lockset.Held) string {
	var names []string
	for _, h := range held {
		names = append(names, h.Lock.String()+modeText(h.Mode))
	}
	return strings.Join(names, " ")
}

// verdictLines renders what the engine answers for each wait of f and each
// lock that is held, by f or its callers.
func verdictLines(r *Result, f *conc.Func) []string {
	var lines []string
	for op, set := range r.Flow(f).All() {
		for _, w := range r.Waits(op) {
			for _, h := range slices.Concat(must(set.Held()), w.Under, r.Entry(f)) {
				if slices.Contains(w.Freed, h.Lock) || slices.Contains(set.Freed(), h.Lock) {
					continue
				}
				lines = append(lines, fmt.Sprintf("%s: %s%s held while it %s: %s",
					where(r.Fset, op.Pos()), h.Lock, modeText(h.Mode), w.What, verdict(r, f, op, h, w)))
			}
		}
	}
	return lines
}

func verdict(r *Result, f *conc.Func, op *conc.Op, h lockset.Held, w Wait) string {
	var parts []string
	if p, ok := r.Stuck(h, w); ok {
		parts = append(parts, fmt.Sprintf("stuck, %s needs it for %s", where(r.Fset, p.Need.Pos()), where(r.Fset, p.Op.Pos())))
	}
	for _, question := range []struct {
		yes  bool
		text string
	}{
		{r.Handshake(op, w), "handshake"},
		{r.OwnWork(w), "own work"},
		{r.Prompt(w), "prompt"},
		{r.Foreign(f, w), "foreign"},
	} {
		if question.yes {
			parts = append(parts, question.text)
		}
	}
	var names []string
	for _, s := range r.Contenders(h, f) {
		names = append(names, s.Fn.Name)
	}
	if len(names) > 0 {
		parts = append(parts, "others wait: "+strings.Join(names, " "))
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, "; ")
}
