package effect

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// entrusted are the locks that a call may release because of what its function,
// its receiver or its arguments were made with: unlock(), where unlock is what a
// function made of &s.mu; r.release(), where r holds &s.mu; once.Do(s.mu.Unlock). A
// function that is not known may be any that the calling one has made.
//
// False negative: a function that keeps the lock, or what unlocks it, for
// later.
func (r *Result) entrusted(op *conc.Op) []place.Place {
	call := op.Call.Common
	if call == nil {
		return nil
	}
	var out []place.Place
	for _, a := range call.Args {
		if _, ok := a.Type().Underlying().(*types.Signature); ok {
			t := r.Entrusted(a)
			out = append(out, r.releasedBy(t)...)
		}
	}
	if v := actor(call); v != nil && r.mayRelease(op) {
		t := r.Entrusted(v)
		out = append(out, r.releasedBy(t)...)
		out = append(out, t.Locks...)
	}
	if op.Call.Obj == nil && op.Call.Param == nil && len(op.Call.Targets) == 0 {
		for _, mc := range r.kept[op.Fn] {
			out = append(out, r.releasedBy(r.Entrusted(mc))...)
		}
	}
	return out
}

// findKept notes the closures and method values that functions make, and do not
// only call: a function value of which nothing is known may be one of them.
func (r *Result) findKept() {
	r.kept = make(map[*conc.Func][]*ssa.MakeClosure)
	for _, f := range r.Funcs {
		for instr := range f.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok && isKept(mc) {
				r.kept[f] = append(r.kept[f], mc)
			}
		}
	}
}

// isKept reports whether a closure is used other than by calling it.
func isKept(mc *ssa.MakeClosure) bool {
	return slices.ContainsFunc(*mc.Referrers(), func(ref ssa.Instruction) bool {
		call, ok := ref.(ssa.CallInstruction)
		return !ok || call.Common().Value != mc
	})
}

// actor is the value that acts in a call: the function value that is called, or
// the receiver. It is nil if a function is called by its name.
func actor(call *ssa.CallCommon) ssa.Value {
	switch fn := call.StaticCallee(); {
	case fn == nil:
		return call.Value
	case fn.Signature.Recv() != nil && len(call.Args) > 0:
		return call.Args[0]
	case fn.Parent() == nil && fn != call.Value: // a method value
		return call.Value
	}
	return nil
}

// mayRelease reports whether the function that op calls releases some lock, or is
// not known.
func (r *Result) mayRelease(op *conc.Op) bool {
	for _, t := range op.Call.Targets {
		if len(r.funcs[t.Func].summary.releases) > 0 {
			return true
		}
	}
	switch {
	case len(op.Call.Targets) > 0:
		return false
	case op.Call.Obj == nil || op.Call.Common.IsInvoke():
		return true
	}
	fact := r.factOf(op.Call)
	return fact != nil && len(fact.Releases) > 0
}

// releasedBy are the locks that the functions of t release.
func (r *Result) releasedBy(t conc.Trust) []place.Place {
	var out []place.Place
	for _, site := range t.Calls {
		if site.Unlocks() {
			out = append(out, site.Args[0])
			continue
		}
		if fact := r.factOf(site); fact != nil {
			out = append(out, fact.effect(site).Releases...)
		}
		out = append(out, r.releases(site)...)
	}
	return out
}

// releases are the locks that a target of a call releases.
func (r *Result) releases(call *conc.CallSite) []place.Place {
	var out []place.Place
	for _, t := range call.Targets {
		for _, pl := range r.funcs[t.Func].summary.releases {
			if pl = t.Into(pl); !pl.IsZero() {
				out = append(out, pl)
			}
		}
	}
	return out
}
