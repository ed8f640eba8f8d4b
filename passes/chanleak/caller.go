package chanleak

import (
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/pattern"
	"github.com/chanlint/chanlint/internal/report"
)

// A function that returns a channel does not know how long its callers in other
// packages receive from it. If a goroutine that it starts only sends, and has no
// stop case, a caller that leaves early leaves the goroutine behind.

// promised is what the comment of a function says if its callers have to receive
// all that is sent.
var promised = pattern.New(`(?i)drain|consum|exhaust|(read|receiv)\w* (from )?\w* ?(all|until|till|every)|until (it|the channel) is closed`)

// callers returns the diagnostics for the channels that f makes and returns to
// callers in other packages.
func callers(pass *analysis.Pass, r *effect.Result, f *conc.Func) []report.Diagnostic {
	if pass.Pkg.Name() == "main" || f.Obj == nil || !offered(f) || promised.MatchString(docOf(pass, f)) {
		return nil
	}
	var out []report.Diagnostic
	for _, h := range r.Handed(f) {
		if send := h.Blocks(); send != nil {
			out = append(out, wordCaller(h, send))
		}
	}
	return out
}

// offered reports whether other packages can call f by its name.
func offered(f *conc.Func) bool {
	recv := f.Obj.Signature().Recv()
	if recv == nil {
		return f.Obj.Exported()
	}
	named := conc.NamedOf(recv.Type())
	return f.Obj.Exported() && named != nil && named.Obj().Exported()
}

// docOf is the comment of the declaration of f.
func docOf(pass *analysis.Pass, f *conc.Func) string {
	file := report.FileAt(pass.Files, f.SSA.Pos())
	if file == nil {
		return ""
	}
	for _, d := range file.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Name.Pos() == f.Obj.Pos() {
			return fn.Doc.Text()
		}
	}
	return ""
}

func wordCaller(h effect.Handed, send *conc.Op) report.Diagnostic {
	name := h.From.Name
	d := report.Diagnostic{
		Pos: send.Pos(), End: send.End(), Category: caller,
		Related: []analysis.RelatedInformation{{Pos: h.Made.Pos(), End: h.Made.Pos(), Message: "the channel that " + name + " returns is made here"}},
	}
	remedy := "send in a select with a stop case"
	if h.Single() {
		remedy = fmt.Sprintf("make %s with capacity 1", send.Expr())
		if fix, ok := roomForOne(h.Made); ok {
			d.Fixes = []analysis.SuggestedFix{fix}
		}
	}
	d.Message = fmt.Sprintf("this send on %s blocks for ever once the caller of %s stops receiving; %s", send.Expr(), name, remedy)
	d.Steps = func() []report.Step {
		var out []report.Step
		add := func(actor string, op *conc.Op, message string) {
			s := report.Step{Pos: op.Pos(), End: op.End()}
			s.Actor, s.Message = actor, message
			out = append(out, s)
		}
		add(name, h.Made, fmt.Sprintf("makes %s, and returns it", send.Expr()))
		add("the caller of "+name, h.Made, "stops receiving")
		add("func in "+send.Fn.Root().Name, send, fmt.Sprintf("blocks for ever: it sends on %s", send.Expr()))
		out[2].Stuck = true
		return out
	}
	return d
}
