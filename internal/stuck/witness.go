package stuck

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/model"
	"github.com/chanlint/chanlint/internal/report"
)

// A Witness is a way to a state in which goroutines are stuck, and the model
// that it is of.
type Witness struct {
	*explore.Witness
	Model *model.Model
	index int // among those of the search
}

// Witness is the i-th witness of the first model.
func (s Search) Witness(i int) Witness {
	return Witness{s.Results[0].Witnesses[i], s.Models[0], i}
}

// blocks reports whether a goroutine is stuck at wait while it holds the lock
// that another is stuck at, at need.
func (g Witness) blocks(wait, need *conc.Op) bool {
	at := func(op *conc.Op) int {
		return slices.IndexFunc(g.Stuck, func(st explore.Step) bool { return g.Model.Sites[st.Site].Op == op })
	}
	holder, other := at(wait), at(need)
	return holder >= 0 && other >= 0 && slices.ContainsFunc(g.Held, func(h explore.Hold) bool {
		return h.Lane == g.Stuck[holder].Lane && h.Obj == g.Stuck[other].Obj
	})
}

// Tell tells the witness with the user's words. files are those of the
// package. The search is made once more, with the names that only readers need;
// it goes the same way.
func (g Witness) Tell(fset *token.FileSet, files []*ast.File) []report.Step {
	w := g.retold(fset, files)
	var out []report.Step
	add := func(st explore.Step, stuck bool) {
		s := g.step(w, st)
		if s.Stuck = stuck; s.Pos.IsValid() {
			out = append(out, s)
		} // else a part of the model: that there are callers
	}
	for i, st := range w.Steps {
		if st.Op == explore.Add && i+1 < len(w.Steps) && g.begins(st, w.Steps[i+1]) {
			continue // wg.Go adds one and starts: the user sees one call
		}
		add(st, false)
	}
	for _, st := range w.Stuck {
		add(st, true)
	}
	return out
}

// begins reports whether two steps are those of one operation.
func (g Witness) begins(st, next explore.Step) bool {
	sites := g.Model.Sites
	return next.Op == explore.Go && next.Lane == st.Lane && sites[next.Site].Pos == sites[st.Site].Pos
}

// step is one step of a witness.
func (g Witness) step(w *explore.Witness, st explore.Step) report.Step {
	sites := g.Model.Sites
	s := report.Step{Pos: sites[st.Site].Pos}
	if op := sites[st.Site].Op; op != nil && sites[st.Site].Case < 0 && st.Op != explore.Go {
		s.End = op.End()
	}
	s.Actor, s.Message = w.Lanes[st.Lane].Name, st.What
	if st.Peer >= 0 {
		s.Peer = w.Lanes[st.Peer].Name
	}
	if st.Peer >= 0 && st.Op != explore.Go {
		s.PeerPos = sites[st.PeerSite].Pos
	}
	return s
}

// retold is the witness of g with names for objects, goroutines and conditions.
func (g Witness) retold(fset *token.FileSet, files []*ast.File) *explore.Witness {
	prog := *g.Model.Program
	prog.Objects = slices.Clone(prog.Objects)
	prog.Procs = slices.Clone(prog.Procs)
	names, taken := g.objectNames(files), make(map[string]bool)
	for i := range prog.Objects {
		prog.Objects[i].Name = cmp.Or(prog.Objects[i].Name, names[i], "something")
	}
	for i := range prog.Procs {
		p := &prog.Procs[i]
		p.Name = free(g.procName(fset, i), taken)
		p.Code = slices.Clone(p.Code)
		for k := range p.Code {
			if in := &p.Code[k]; in.Op == explore.Branch {
				in.Label = cmp.Or(textAt(files, g.Model.Sites[in.Site].Pos), "this condition")
			}
		}
	}
	return Explore(&prog).Witnesses[g.index]
}

// free returns a name that is not taken, and takes it.
func free(name string, taken map[string]bool) string {
	for taken[name] {
		name = "another " + name
	}
	taken[name] = true
	return name
}

// objectNames are the user's expressions for the objects: those of the first
// goroutine that uses each, calls only if there is nothing else.
func (g Witness) objectNames(files []*ast.File) map[int]string {
	m := g.Model
	names := make(map[int]string)
	note := func(obj int, text string) {
		if old := names[obj]; old == "" || strings.HasSuffix(old, ")") && text != "" {
			names[obj] = text
		}
	}
	for _, p := range m.Program.Procs {
		for _, in := range p.Code {
			switch site := m.Sites[in.Site]; in.Op {
			case explore.Send, explore.Recv, explore.Close:
				if site.Op != nil {
					note(in.Obj, site.Name())
				}
			case explore.Select:
				for _, c := range in.Cases {
					note(c.Obj, m.Sites[c.Site].Name())
				}
			case explore.Set, explore.Test:
				note(in.Obj, textAt(files, site.Pos))
			}
		}
	}
	return names
}

// procName is what goroutines that run proc i are called: the function, or
// where a literal is started, or for a caller what it calls.
func (g Witness) procName(fset *token.FileSet, i int) string {
	m := g.Model
	if m.IsCaller(i) {
		return strings.TrimSuffix("caller of "+g.Called(i), " of ")
	}
	if name := m.Program.Procs[i].Name; name != "a function literal" {
		return name
	}
	for _, p := range m.Program.Procs {
		for _, in := range p.Code {
			if pos := m.Sites[in.Site].Pos; in.Op == explore.Go && in.N == i && pos.IsValid() {
				return fmt.Sprintf("goroutine of line %d", fset.Position(pos).Line)
			}
		}
	}
	return "function of line " + fmt.Sprint(fset.Position(m.Func.SSA.Pos()).Line)
}

// Called names the function that caller i calls in the witness, or if all it does
// is in functions which that one calls, the first of these; "" if it does nothing.
func (g Witness) Called(i int) string {
	first := ""
	for _, st := range slices.Concat(g.Witness.Steps, g.Witness.Stuck) {
		op := g.Model.Sites[st.Site].Op
		if g.Witness.Lanes[st.Lane].Proc != i || op == nil {
			continue
		}
		if f := op.Fn.Root(); g.Model.Entered(f) {
			return f.Name
		} else if first == "" {
			first = f.Name
		}
	}
	return first
}

// textAt is the text of the expression that package ssa says is at pos: which is
// where its operator is, the parenthesis of a call, or the name of a field.
func textAt(files []*ast.File, pos token.Pos) string {
	f := report.FileAt(files, pos)
	if f == nil {
		return ""
	}
	text := ""
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil || pos < n.Pos() || n.End() <= pos {
			return false
		}
		if e, ok := n.(ast.Expr); ok && operator(e) == pos {
			text = types.ExprString(e)
		}
		return true
	})
	if len(text) > longest {
		return ""
	}
	return text
}

// longest is the longest expression that is quoted.
const longest = 60

// operator is where package ssa says that an expression is.
func operator(e ast.Expr) token.Pos {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		return e.OpPos
	case *ast.UnaryExpr:
		return e.OpPos
	case *ast.CallExpr:
		return e.Lparen
	case *ast.SelectorExpr:
		return e.Sel.Pos()
	}
	return token.NoPos
}
