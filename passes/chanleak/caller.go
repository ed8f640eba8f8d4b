package chanleak

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

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

// handed is a channel that a function makes and returns, and that nobody else but
// the goroutines it starts uses.
type handed struct {
	r     *effect.Result
	made  *conc.Op
	from  *conc.Func // which makes it
	sends []*conc.Op // outside of selects
	seen  map[ssa.Value]bool
}

// callers returns the diagnostics for the channels that f makes and returns to
// callers in other packages.
func callers(pass *analysis.Pass, r *effect.Result, f *conc.Func) []report.Diagnostic {
	if f.Obj == nil || !offered(f) || promised.MatchString(docOf(pass, f)) {
		return nil
	}
	var out []report.Diagnostic
	for op := range f.Ops {
		if op.Kind != conc.Make {
			continue
		}
		h := &handed{r: r, made: op, from: f, seen: make(map[ssa.Value]bool)}
		if !h.returned() || !h.follow(op.Instr.(ssa.Value), f) {
			continue
		}
		if send := h.blocks(); send != nil {
			out = append(out, h.word(send))
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

// returned reports whether the channel is a result.
func (h *handed) returned() bool {
	made := h.r.Places.Of(h.made.Instr.(ssa.Value))
	for instr := range h.from.Instrs {
		if ret, ok := instr.(*ssa.Return); ok && slices.ContainsFunc(ret.Results, func(v ssa.Value) bool { return h.r.Places.Of(v) == made }) {
			return true
		}
	}
	return false
}

// follow collects the sends on v, which is the channel in f, or a variable that
// holds it. It is false if v is used for anything but to send, close and return.
func (h *handed) follow(v ssa.Value, f *conc.Func) bool {
	if h.seen[v] {
		return true
	}
	h.seen[v] = true
	return !slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool { return !h.use(v, f, ref) })
}

// use follows one use of v.
func (h *handed) use(v ssa.Value, f *conc.Func, ref ssa.Instruction) bool {
	switch ref := ref.(type) {
	case *ssa.ChangeType:
		return h.follow(ref, f)
	case *ssa.UnOp:
		return ref.Op == token.MUL && h.follow(ref, f)
	case *ssa.Store:
		alloc, ok := ref.Addr.(*ssa.Alloc)
		return ref.Addr == v || ok && h.follow(alloc, f)
	case *ssa.MakeClosure:
		return h.captured(v, ref)
	case *ssa.Return, *ssa.DebugRef:
		return true
	case *ssa.Send:
		return ref.Chan == v && h.send(ref, f)
	case *ssa.Select:
		return !slices.ContainsFunc(ref.States, func(st *ssa.SelectState) bool { return st.Chan == v && st.Send == nil || st.Send == v })
	case ssa.CallInstruction:
		return h.passed(v, ref.Common())
	}
	return false
}

// send takes note of a send.
func (h *handed) send(instr *ssa.Send, f *conc.Func) bool {
	for op := range f.Ops {
		if op.Instr == ssa.Instruction(instr) {
			h.sends = append(h.sends, op)
			return true
		}
	}
	return false
}

// captured follows a variable that a literal captures.
func (h *handed) captured(v ssa.Value, mc *ssa.MakeClosure) bool {
	fn := mc.Fn.(*ssa.Function)
	f := h.r.Func(fn)
	if f == nil {
		return false
	}
	for i, b := range mc.Bindings {
		if b == v && !h.follow(fn.FreeVars[i], f) {
			return false
		}
	}
	return true
}

// passed follows an argument of a call.
func (h *handed) passed(v ssa.Value, call *ssa.CallCommon) bool {
	if _, ok := call.Value.(*ssa.Builtin); ok {
		return true // close, len or cap
	}
	f := h.r.Func(call.StaticCallee())
	if f == nil {
		return false
	}
	for i, a := range call.Args {
		if a == v && !h.follow(f.SSA.Params[i], f) {
			return false
		}
	}
	return true
}

// blocks is a send that a goroutine makes for which there is no room, nil if there is
// none.
func (h *handed) blocks() *conc.Op {
	room := h.r.Cap(h.made.Size)
	if room < 0 || len(h.sends) == 0 {
		return nil
	}
	if int64(len(h.sends)) <= room && !slices.ContainsFunc(h.sends, h.again) {
		return nil
	}
	i := slices.IndexFunc(h.sends, func(op *conc.Op) bool { return h.started(op.Fn) && (room == 0 || h.again(op)) })
	if i < 0 {
		return nil
	}
	return h.sends[i]
}

// again reports whether a send may be made several times: it is in a loop, or in a
// function that a goroutine passes on.
func (h *handed) again(op *conc.Op) bool { return h.r.InLoop(op) || !op.Fn.Started }

// started reports whether f runs in a goroutine that the function starts.
func (h *handed) started(f *conc.Func) bool {
	for ; f != nil && f != h.from; f = f.Parent {
		if f.Started {
			return true
		}
	}
	return false
}

func (h *handed) word(send *conc.Op) report.Diagnostic {
	name := h.from.Name
	d := report.Diagnostic{
		Pos: send.Pos(), End: send.End(), Category: caller,
		Related: []analysis.RelatedInformation{{Pos: h.made.Pos(), End: h.made.Pos(), Message: "the channel that " + name + " returns is made here"}},
	}
	remedy := "send in a select with a stop case"
	if len(h.sends) == 1 && !h.again(send) {
		remedy = fmt.Sprintf("make %s with capacity 1", send.Expr())
		if fix, ok := roomForOne(h.made); ok {
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
		add(name, h.made, fmt.Sprintf("makes %s, and returns it", send.Expr()))
		add("the caller of "+name, h.made, "stops receiving")
		add("func in "+send.Fn.Root().Name, send, fmt.Sprintf("blocks for ever: it sends on %s", send.Expr()))
		out[2].Stuck = true
		return out
	}
	return d
}
