package effect

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// A ChanUse is a close of a channel, or a send on it, that an operation does,
// itself or in what it calls.
type ChanUse struct {
	Chan   place.Place
	Kind   conc.Kind   // Close or Send
	Op     *conc.Op    // the operation itself, nil if it is in another package
	Case   int         // of Op, if it is a select, else -1
	Always bool        // on every path through the functions on the way, but for a nil check of the channel
	Once   place.Place // the Once that it is done under, if there is one
	Where  string      // "bus.go:77"
	Calls  []string    // on the way
	Via    conc.Via
	Handle bool // Chan is a handle of the companion library: Close gives it up, Send uses it
}

// mostChanUses bounds the uses that a summary lists, and farUse the calls that
// may lead to one.
const (
	mostChanUses = 12
	farUse       = 3
)

// ChanUses returns the closes of channels, and the sends on them, that op does
// on the goroutine that runs it, or, if op starts a goroutine, on that one. They
// are in the places of the function that op is in.
func (r *Result) ChanUses(op *conc.Op) []ChanUse {
	if op.Kind == conc.Go {
		op = op.Inner
	}
	use := ChanUse{Kind: op.Kind, Op: op, Case: -1, Always: true, Chan: op.Place}
	switch op.Kind {
	case conc.Close, conc.Send:
		use.Where = where(r.Fset, op.Pos())
		return []ChanUse{use}
	case conc.Select:
		var out []ChanUse
		for i, c := range op.Cases {
			if c.Send {
				out = append(out, ChanUse{Kind: conc.Send, Op: op, Case: i, Chan: c.Place, Where: where(r.Fset, c.Pos),
					Always: len(op.Cases) == 1 && !op.HasDefault})
			}
		}
		return out
	case conc.Call, conc.Once:
		if uses := r.handleUses(op); uses != nil {
			return uses
		}
		return r.calledUses(op)
	}
	return nil
}

// calledUses are the uses of the functions that op calls.
func (r *Result) calledUses(op *conc.Op) []ChanUse {
	if fact := r.factOf(op.Call); fact != nil {
		return fact.chanUses(op.Call)
	}
	var out []ChanUse
	for _, t := range op.Call.Targets {
		for _, u := range r.funcs[t.Func].summary.uses {
			if u.Chan = t.Into(u.Chan); u.Chan.IsZero() || len(u.Calls) == farUse {
				continue
			}
			u.Always = u.Always && len(op.Call.Targets) == 1
			u.Via = max(u.Via, t.Via)
			if !u.Once.IsZero() {
				u.Once = t.Into(u.Once)
			}
			if op.Kind == conc.Once {
				u.Once = op.Place
			}
			if t.Func.Obj != nil {
				u.Calls = append([]string{t.Func.Name}, u.Calls...)
			}
			out = append(out, u)
		}
	}
	return out
}

// chanUses are the uses of f that mean something to its callers: on channels
// that are reached from a parameter or a global, or from a variable of the
// function around f, and are not replaced in f.
func (r *Result) chanUses(f *function) []ChanUse {
	var out []ChanUse
	for op := range f.Ops {
		at := op
		if op.Kind == conc.Defer {
			op = op.Inner
		}
		if op.Kind == conc.Go || op.Kind == conc.RunDefers {
			continue
		}
		for _, u := range r.ChanUses(op) {
			same := func(v ChanUse) bool { return v.Chan == u.Chan && v.Kind == u.Kind && v.Always == u.Always }
			if !passedIn(u.Chan, f.SSA) || r.Stores(f.Func, u.Chan) || slices.ContainsFunc(out, same) || len(out) == mostChanUses {
				continue
			}
			u.Always = u.Always && r.certain(f.Func, at.Block, u.Chan)
			out = append(out, u)
		}
	}
	return out
}

// passedIn reports whether pl means something outside of fn, and is one thing
// as long as fn runs.
func passedIn(pl place.Place, fn *ssa.Function) bool {
	if pl.IsZero() || pl.Elem() {
		return false
	}
	switch pl.Kind() {
	case place.Param, place.Global:
		return true
	}
	return pl.Root().Parent() != fn
}

// Stores reports whether f, or a function of the package that it calls, puts
// another channel where pl is, or nil.
func (r *Result) Stores(f *conc.Func, pl place.Place) bool {
	if pl.Kind() == place.Made {
		return false
	}
	for _, st := range r.stores[f] {
		if r.Overwrites(st, pl) {
			return true
		}
	}
	storing := r.storing[pl.Join()]
	return len(storing) > 0 && r.calls(f, storing, make(map[*conc.Func]bool))
}

// findStores notes which functions store to what, but for the fields of objects
// that they are making.
func (r *Result) findStores() {
	r.stores = make(map[*conc.Func][]*ssa.Store)
	r.storing = make(map[place.Join]map[*conc.Func]bool)
	for _, f := range r.Funcs {
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				st, ok := instr.(*ssa.Store)
				if !ok || !leadsOn(st.Val.Type()) {
					continue
				}
				r.stores[f] = append(r.stores[f], st)
				j := r.Places.Of(st.Addr).Join()
				if j.IsZero() || fresh(st.Addr) {
					continue
				}
				if r.storing[j] == nil {
					r.storing[j] = make(map[*conc.Func]bool)
				}
				r.storing[j][f] = true
			}
		}
	}
}

// leadsOn reports whether a value of type t is, or leads to, a channel.
func leadsOn(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Chan, *types.Pointer, *types.Struct:
		return true
	}
	return false
}

// calls reports whether f is, or calls, one of the wanted functions.
func (r *Result) calls(f *conc.Func, wanted, seen map[*conc.Func]bool) bool {
	if wanted[f] || seen[f] {
		return wanted[f]
	}
	seen[f] = true
	for op := range f.Ops {
		if op.Inner != nil {
			op = op.Inner
		}
		if op.Call == nil || op.Kind == conc.Go {
			continue
		}
		for _, t := range op.Call.Targets {
			if r.calls(t.Func, wanted, seen) {
				return true
			}
		}
	}
	return false
}

// Overwrites reports whether st may replace what pl denotes: it stores to pl, to
// a field of that name of another object, or to what pl is reached through.
func (r *Result) Overwrites(st *ssa.Store, pl place.Place) bool {
	if param, ok := st.Val.(*ssa.Parameter); ok {
		if alloc, ok := st.Addr.(*ssa.Alloc); ok && alloc.Comment == param.Name() {
			return false // the parameter's own variable
		}
	}
	at := r.Places.Of(st.Addr)
	if at == pl {
		return true
	}
	return pl.Field() != nil && at.Join() == pl.Join() && !fresh(st.Addr) || pl.Within(at) && !at.IsRoot()
}

// fresh reports whether addr is a field of an object that the function is
// making.
func fresh(addr ssa.Value) bool {
	fa, ok := addr.(*ssa.FieldAddr)
	if !ok {
		return false
	}
	_, made := fa.X.(*ssa.Alloc)
	return made
}

// certain reports whether every path through f comes through block, but for
// those on which the channel at pl is nil.
func (r *Result) certain(f *conc.Func, block int, pl place.Place) bool {
	seen := make([]bool, len(f.Blocks))
	work := []int{0}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if n == block || seen[n] {
			continue
		}
		seen[n] = true
		b := f.Blocks[n]
		if len(b.Succs) == 0 {
			return false
		}
		if i := r.NotNil(b.SSA, pl); i >= 0 {
			work = append(work, b.Succs[i])
			continue
		}
		work = append(work, b.Succs...)
	}
	return true
}

// NotNil is which successor of b is taken if the channel at pl is not nil, -1
// if b does not end with that question.
func (r *Result) NotNil(b *ssa.BasicBlock, pl place.Place) int {
	br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
	if !ok {
		return -1
	}
	cmp, ok := br.Cond.(*ssa.BinOp)
	if !ok || !conc.IsNil(cmp.Y) || r.Places.Of(cmp.X) != pl {
		return -1
	}
	switch cmp.Op {
	case token.NEQ:
		return 0
	case token.EQL:
		return 1
	}
	return -1
}
