package closing

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// Guard is what keeps a close of a field from being done twice.
type Guard uint8

const (
	Unguarded Guard = iota
	NilCheck        // a comparison with nil, but the field is not set to nil
	Peek            // a select that sees whether the channel is closed, without a lock
	Guarded         // a Once, or anything else that may do
)

// GuardOf tells what keeps op, a close, from being done twice.
func GuardOf(r *effect.Result, op *conc.Op) Guard {
	f := op.Fn
	if Recovers(f) || r.Stores(f.Root(), op.Place) || inOnce(r, f) {
		return Guarded
	}
	guard := Unguarded
	for b := f.Blocks[op.Block].SSA.Idom(); b != nil; b = b.Idom() {
		br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		switch {
		case r.NotNil(b, op.Place) >= 0:
			guard = max(guard, NilCheck)
		case peeks(r, br, op.Place):
			guard = Peek
		case decides(f, b.Index, op.Block):
			return Guarded
		}
	}
	if guard == Peek && len(LocksAt(r, op)) > 0 {
		return Guarded
	}
	return guard
}

// decides reports whether a branch at the end of block b decides whether block
// op is reached.
func decides(f *conc.Func, b, op int) bool {
	fl := flow{f: f}
	return !fl.postdominates(op, b)
}

// peeks reports whether br goes by a select with default that receives from the
// channel at pl.
func peeks(r *effect.Result, br *ssa.If, pl place.Place) bool {
	cmp, ok := br.Cond.(*ssa.BinOp)
	if !ok {
		return false
	}
	idx, ok := cmp.X.(*ssa.Extract)
	if !ok {
		return false
	}
	sel, ok := idx.Tuple.(*ssa.Select)
	return ok && !sel.Blocking && slices.ContainsFunc(sel.States, func(st *ssa.SelectState) bool {
		return r.Places.Of(st.Chan) == pl
	})
}

// inOnce reports whether f, or a function around it, runs in a Once, as far as
// the package shows.
func inOnce(r *effect.Result, f *conc.Func) bool {
	for g := f; g != nil; g = g.Parent {
		once, other := 0, 0
		for _, c := range r.CallsTo(g) {
			if c.Op.Kind == conc.Once || c.Op.Inner != nil && c.Op.Inner.Kind == conc.Once {
				once++
			} else {
				other++
			}
		}
		if once > 0 && other == 0 {
			return true
		}
	}
	return false
}

// Concurrent finds two calls of f, in functions of the package, that may run at
// the same time: one of them is in a goroutine that is started, or in a function
// that is passed on, and the other is not in the same function.
func Concurrent(r *effect.Result, f *conc.Func) (a, b *conc.Op, ok bool) {
	for _, c := range r.CallsTo(f) {
		op := c.Op
		if op == a {
			continue // two targets are the same function
		}
		if a == nil && (op.Kind == conc.Go || op.Fn.Started || op.Fn.Parent != nil && op.Fn.AsValue) {
			a = op
		} else if b == nil || b.Fn == op.Fn {
			b = op
		}
	}
	return a, b, a != nil && b != nil && a.Fn != b.Fn
}

// Beside reports whether f, or the function it is in, runs in a goroutine that
// the package starts: it is one, or one calls it.
func Beside(r *effect.Result, f *conc.Func) bool {
	if started(f) {
		return true
	}
	return slices.ContainsFunc(r.CallsTo(f.Root()), func(c conc.CallTo) bool {
		return c.Op.Kind == conc.Go || started(c.Op.Fn)
	})
}

// started reports whether f, or a function around it, is started as a goroutine.
func started(f *conc.Func) bool {
	for ; f != nil; f = f.Parent {
		if f.Started {
			return true
		}
	}
	return false
}

// LocksAt are the locks held at op: by its function on every path, or by all
// callers of it.
func LocksAt(r *effect.Result, op *conc.Op) []place.Place {
	var out []place.Place
	for _, h := range r.Entry(op.Fn) {
		out = append(out, h.Lock)
	}
	for o, set := range r.Flow(op.Fn).All() {
		if o != op {
			continue
		}
		for _, h := range set.Held() {
			if h.Must {
				out = append(out, h.Lock)
			}
		}
	}
	return out
}

// Kept reports whether op closes an element of a map or slice that stays there:
// nothing in the function, or in those that call it, removes it, and no flag is
// set that says so.
func Kept(r *effect.Result, op *conc.Op) bool {
	c := op.Place.Container()
	if c.IsZero() || c.Field() == nil {
		return false
	}
	if removes(r, op.Fn.Root(), c, 2) || setsFlag(op.Fn) {
		return false
	}
	return !slices.ContainsFunc(r.CallsTo(op.Fn.Root()), func(call conc.CallTo) bool {
		return removes(r, call.Op.Fn.Root(), c, 2)
	})
}

// setsFlag reports whether f sets a field to true, or calls a method that may, of
// package sync/atomic.
func setsFlag(f *conc.Func) bool {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				c, ok := instr.Val.(*ssa.Const)
				if _, isField := instr.Addr.(*ssa.FieldAddr); ok && isField && c.Value != nil && c.Value.String() == "true" {
					return true
				}
			case *ssa.Call:
				fn := instr.Call.StaticCallee()
				if fn != nil && fn.Pkg != nil && fn.Pkg.Pkg.Path() == "sync/atomic" && !strings.HasPrefix(fn.Name(), "Load") {
					return true
				}
			}
		}
	}
	return false
}

// removes reports whether f, a literal in it, or a function that it calls
// removes elements from the container at c, or replaces it.
func removes(r *effect.Result, f *conc.Func, c place.Place, depth int) bool {
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			if removesBy(r, instr, c) {
				return true
			}
		}
	}
	for op := range f.Ops {
		if op.Inner != nil {
			op = op.Inner
		}
		if op.Call == nil || depth == 0 {
			continue
		}
		if slices.ContainsFunc(op.Call.Targets, func(t conc.Target) bool { return removes(r, t.Func, c, depth-1) }) {
			return true
		}
	}
	return slices.ContainsFunc(f.Anons, func(a *conc.Func) bool { return removes(r, a, c, depth) })
}

func removesBy(r *effect.Result, instr ssa.Instruction, c place.Place) bool {
	switch instr := instr.(type) {
	case *ssa.Store:
		at := r.Places.Of(instr.Addr)
		return at.Join() == c.Join() || at.Elem() && at.Container().Join() == c.Join()
	case *ssa.MapUpdate:
		return r.Places.Of(instr.Map).Join() == c.Join()
	case *ssa.Call:
		for _, a := range instr.Call.Args { // delete, clear, maps.DeleteFunc, a method of the container
			if r.Places.Of(a).Join() == c.Join() {
				return instr.Call.Value.Name() != "len"
			}
		}
	}
	return false
}

// Notified finds the call that registers the channel at pl for signals, if the
// package never takes that back.
func Notified(r *effect.Result, pl place.Place) *conc.Op {
	if len(signals(r, "Stop", pl)) > 0 {
		return nil
	}
	calls := signals(r, "Notify", pl)
	if len(calls) == 0 {
		return nil
	}
	return calls[len(calls)-1]
}

// signals are the calls of a function of package os/signal with the channel at
// pl.
func signals(r *effect.Result, name string, pl place.Place) []*conc.Op {
	imports := r.Types.Imports()
	i := slices.IndexFunc(imports, func(p *types.Package) bool { return p.Path() == "os/signal" })
	if i < 0 {
		return nil
	}
	fn, ok := imports[i].Scope().Lookup(name).(*types.Func)
	if !ok {
		return nil // an import that is not complete
	}
	var all []*conc.Op
	for _, op := range r.CallsOf(fn) {
		if op.Inner != nil {
			op = op.Inner
		}
		if len(op.Call.Args) == 0 {
			continue
		}
		arg := op.Call.Args[0]
		if arg == pl || !arg.Join().IsZero() && arg.Join() == pl.Join() {
			all = append(all, op)
		}
	}
	return all
}
