package conc

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

	"github.com/chanlint/chanlint/internal/place"
)

var update = flag.Bool("update", false, "write what the tests got into testdata")

// TestArchives reduces the Go file of each archive and compares the operations
// with its file "want". In it a function is followed by its blocks, those with
// operations only, and each operation stands behind the line that it is on.
// Then comes what is known of each channel, wait group and condition.
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
			p := load(t, ar.Files[0].Name, string(ar.Files[0].Data), none)
			got := text(p)
			if *update {
				ar.Files[1].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(ar), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(strings.Split(string(ar.Files[1].Data), "\n"), strings.Split(got, "\n")); diff != "" {
				t.Errorf("operations (-want +got):\n%s", diff)
			}
		})
	}
}

// text renders p.
func text(p *Package) string {
	if p == nil {
		return "nothing matters\n"
	}
	var b strings.Builder
	for _, f := range p.Funcs {
		fmt.Fprintf(&b, "%s\n", header(p, f))
		for i, block := range f.Blocks {
			if len(block.Ops) == 0 {
				continue
			}
			fmt.Fprintf(&b, "  %d", i)
			if len(block.Succs) > 0 {
				fmt.Fprintf(&b, " -> %s", strings.Trim(fmt.Sprint(block.Succs), "[]"))
			}
			b.WriteByte('\n')
			for _, op := range block.Ops {
				fmt.Fprintf(&b, "\t%s\n", opText(p, op))
			}
		}
	}
	for _, line := range useLines(p) {
		fmt.Fprintf(&b, "%s\n", line)
	}
	return b.String()
}

func header(p *Package, f *Func) string {
	s := "func " + f.SSA.RelString(p.Types)
	if f.AsValue {
		s += ", used as a value"
	}
	return s
}

var kindNames = map[Kind]string{
	Send: "Send", Recv: "Recv", Select: "Select", Close: "Close", Make: "Make",
	Lock: "Lock", RLock: "RLock", Unlock: "Unlock", RUnlock: "RUnlock",
	TryLock: "TryLock", TryRLock: "TryRLock",
	Add: "Add", Done: "Done", Wait: "Wait",
	CondWait: "CondWait", Signal: "Signal", Broadcast: "Broadcast",
	Sleep: "Sleep", Known: "Known", Call: "Call", Once: "Once", Cancel: "Cancel",
	Go: "Go", Defer: "Defer", RunDefers: "RunDefers", Return: "Return", Panic: "Panic",
}

func opText(p *Package, op *Op) string {
	s := kindNames[op.Kind]
	if line := p.Fset.Position(op.Pos()).Line; line > 0 {
		s = fmt.Sprintf("%d %s", line, s)
	}
	if op.Inner != nil {
		_, inner, _ := strings.Cut(opText(p, op.Inner), " ")
		return s + " " + inner
	}
	switch op.Kind {
	case Make:
		if n := Const(op.Size); n >= 0 {
			return fmt.Sprintf("%s %d", s, n)
		}
		return s + " ?"
	case Select:
		for i, c := range op.Cases {
			s += fmt.Sprintf(" {%s}", caseText(op, i, c))
		}
		if op.HasDefault {
			s += " {default}"
		}
		return s
	case Known:
		return fmt.Sprintf("%s %s, which %s", s, op.Call.Name, op.Blocking.What)
	case Call:
		return s + " " + callText(op)
	}
	if !op.Place.IsZero() {
		s += " " + op.Expr()
		if e, pl := op.Expr(), op.Place.String(); e != pl && op.Place.Kind() != place.Value {
			s += " = " + pl
		}
	}
	if n := Const(op.Delta); op.Delta != nil && n >= 0 {
		s += fmt.Sprintf(" %d", n)
	}
	if op.Range {
		s += " range"
	} else if op.CommaOk {
		s += " ok"
	}
	if op.Kind == Once {
		s += targetText(op.Call.Targets)
	}
	return s + boundText(op.Bound)
}

func caseText(op *Op, i int, c Case) string {
	dir := "recv "
	if c.Send {
		dir = "send "
	}
	return dir + op.CaseExpr(i) + boundText(c.Bound)
}

func boundText(b Bound) string { return [...]string{"", " timer", " context"}[b] }

func callText(op *Op) string {
	s := op.Call.Name
	if op.Call.Param != nil {
		s += " (parameter)"
	}
	return s + targetText(op.Call.Targets)
}

// targetText renders targets, with what their receivers and parameters stand
// for.
func targetText(targets []Target) string {
	s := ""
	for _, t := range targets {
		var args []string
		for _, param := range t.Func.SSA.Params {
			if pl := t.subst[param]; pl.Kind() != place.None && pl.Kind() != place.Value {
				args = append(args, fmt.Sprintf("%s=%s", param.Name(), pl))
			}
		}
		s += fmt.Sprintf(" => %s(%s)%s", t.Func.SSA.RelString(t.Func.SSA.Pkg.Pkg), strings.Join(args, " "),
			[...]string{"", " callback", " interface"}[t.Via])
	}
	return s
}

// useLines renders what is known of each channel, wait group and condition,
// in the order of their first use.
func useLines(p *Package) []string {
	var lines []string
	seen := make(map[place.Join]bool)
	add := func(pl place.Place) {
		j := pl.Join()
		if u := p.uses[j]; u == nil || seen[j] {
			return
		}
		seen[j] = true
		if line := useText(p, pl); line != "" {
			lines = append(lines, line)
		}
	}
	for _, f := range p.Funcs {
		for op := range f.Ops {
			if op.Inner != nil {
				op = op.Inner
			}
			add(op.Place)
			for _, c := range op.Cases {
				add(c.Place)
			}
		}
	}
	return lines
}

func useText(p *Package, pl place.Place) string {
	u := p.Uses(pl)
	var parts []string
	list := func(name string, uses []Use) {
		if len(uses) > 0 {
			parts = append(parts, name+" "+lineList(p, uses))
		}
	}
	var makes []Use
	for _, mk := range u.Makes {
		makes = append(makes, Use{mk, -1})
	}
	list("made", makes)
	list("sent", u.Sends)
	list("received", u.Recvs)
	list("closed", u.Closes)
	list("added", u.Adds)
	list("done", u.Dones)
	list("awaited", u.Waits)
	list("woken", u.Wakes)
	if len(parts) == 0 {
		return "" // a lock
	}
	if n, ok := p.MinCap(pl); ok {
		parts = append(parts, fmt.Sprintf("capacity %d", n))
	}
	if lock := p.condLock(pl); !lock.IsZero() {
		parts = append(parts, "lock "+lock.String())
	}
	if p.Closed(pl) {
		parts = append(parts, "all seen")
	}
	return fmt.Sprintf("use %s: %s", pl, strings.Join(parts, "; "))
}

// lineList renders the lines of uses, each once.
func lineList(p *Package, uses []Use) string {
	var lines []int
	for _, u := range uses {
		lines = append(lines, p.Fset.Position(u.Op.Pos()).Line)
	}
	slices.Sort(lines)
	return strings.Trim(fmt.Sprint(slices.Compact(lines)), "[]")
}
