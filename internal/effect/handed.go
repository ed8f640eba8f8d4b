package effect

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
)

// A Handed is a channel that a function makes and returns, and that nobody else in
// the package uses but to send on it and to close it.
type Handed struct {
	Made  *conc.Op
	From  *conc.Func // which makes it
	Sends []*conc.Op // outside of selects

	r    *Result
	seen map[ssa.Value]bool
}

// Handed returns the channels that f makes and returns, if nobody else receives from
// them or keeps them.
func (r *Result) Handed(f *conc.Func) []Handed {
	var out []Handed
	for op := range f.Ops {
		if op.Kind != conc.Make {
			continue
		}
		h := Handed{Made: op, From: f, r: r, seen: make(map[ssa.Value]bool)}
		if h.returned() && h.follow(op.Instr.(ssa.Value), f) {
			out = append(out, h)
		}
	}
	return out
}

// returned reports whether the channel is a result.
func (h *Handed) returned() bool {
	made := h.r.Places.Of(h.Made.Instr.(ssa.Value))
	for instr := range h.From.Instrs {
		if ret, ok := instr.(*ssa.Return); ok && slices.ContainsFunc(ret.Results, func(v ssa.Value) bool { return h.r.Places.Of(v) == made }) {
			return true
		}
	}
	return false
}

// follow collects the sends on v, which is the channel in f, or a variable that
// holds it. It is false if v is used for anything but to send, close and return.
func (h *Handed) follow(v ssa.Value, f *conc.Func) bool {
	if h.seen[v] {
		return true
	}
	h.seen[v] = true
	return !slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool { return !h.use(v, f, ref) })
}

// use follows one use of v.
func (h *Handed) use(v ssa.Value, f *conc.Func, ref ssa.Instruction) bool {
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
func (h *Handed) send(instr *ssa.Send, f *conc.Func) bool {
	for op := range f.Ops {
		if op.Instr == ssa.Instruction(instr) {
			h.Sends = append(h.Sends, op)
			return true
		}
	}
	return false
}

// captured follows a variable that a literal captures.
func (h *Handed) captured(v ssa.Value, mc *ssa.MakeClosure) bool {
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
func (h *Handed) passed(v ssa.Value, call *ssa.CallCommon) bool {
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

// Blocks is a send that a goroutine makes for which there is no room, nil if there is
// none.
func (h *Handed) Blocks() *conc.Op {
	room := h.r.Cap(h.Made.Size)
	if room < 0 || len(h.Sends) == 0 {
		return nil
	}
	if int64(len(h.Sends)) <= room && !slices.ContainsFunc(h.Sends, h.again) {
		return nil
	}
	i := slices.IndexFunc(h.Sends, func(op *conc.Op) bool { return h.started(op.Fn) && (room == 0 || h.again(op)) })
	if i < 0 {
		return nil
	}
	return h.Sends[i]
}

// Single reports whether there is one send, which is made once.
func (h *Handed) Single() bool { return len(h.Sends) == 1 && !h.again(h.Sends[0]) }

// again reports whether a send may be made several times: it is in a loop, or in a
// function that a goroutine passes on.
func (h *Handed) again(op *conc.Op) bool { return h.r.InLoop(op) || !op.Fn.Started }

// started reports whether f runs in a goroutine that the function starts.
func (h *Handed) started(f *conc.Func) bool {
	for ; f != nil && f != h.From; f = f.Parent {
		if f.Started {
			return true
		}
	}
	return false
}
