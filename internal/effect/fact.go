package effect

import (
	"fmt"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/lockset"
	"github.com/chanlint/chanlint/internal/place"
)

// mostFactWaits bounds the waits that a fact carries to other packages.
const mostFactWaits = 3

// A Fact is the summary of a function as other packages see it. Only exported
// functions and methods with something to say have one.
type Fact struct {
	Waits    []FactWait
	Acquires []FactLock // held when the function returns
	Releases []FactLock
	InPlace  []int // parameters that are called before the function returns, the receiver counted
	Closes   []FactChan
	Sends    []FactChan
}

// A FactWait is a way to block: what the root operation is, where, and how
// far down.
type FactWait struct {
	Kind  Kind
	Bound Bound
	What  string // "sends on b.ch"
	Where string // "bus.go:77"
	Calls []string
	Fixed bool // a delay that surely lasts
}

// A FactLock is a lock reached from a parameter.
type FactLock struct {
	Param int // the receiver is the first
	Path  []string
	Mode  lockset.Mode
}

// AFact marks Fact as a fact.
func (*Fact) AFact() {}

// String prints f for tests of facts.
func (f *Fact) String() string {
	var parts []string
	for _, w := range f.Waits {
		parts = append(parts, fmt.Sprintf("%s (%s)", w.What, w.Where))
	}
	for _, l := range f.Acquires {
		parts = append(parts, fmt.Sprintf("locks #%d.%s", l.Param, strings.Join(l.Path, ".")))
	}
	for _, l := range f.Releases {
		parts = append(parts, fmt.Sprintf("unlocks #%d.%s", l.Param, strings.Join(l.Path, ".")))
	}
	for _, i := range f.InPlace {
		parts = append(parts, fmt.Sprintf("calls #%d", i))
	}
	for _, c := range f.Closes {
		parts = append(parts, "closes "+c.String())
	}
	for _, c := range f.Sends {
		parts = append(parts, "sends on "+c.String())
	}
	return strings.Join(parts, "; ")
}

// export makes facts of the summaries of functions that other packages can
// name.
func (r *Result) export(pass *analysis.Pass) {
	for _, f := range r.Funcs {
		if f.Obj == nil || !f.Obj.Exported() || f.Parent != nil {
			continue
		}
		if _, err := objectpath.For(f.Obj); err != nil {
			continue // a method of a type that is local to a function
		}
		if fact := r.Fact(f); fact != nil {
			pass.ExportObjectFact(f.Obj, fact)
		}
	}
}

// depth is the capacity from which a channel is a queue, which the other packages
// that fill it are not expected to get to the end of.
const depth = 8

// deep reports whether a wait is for room in a queue.
func (r *Result) deep(w Wait) bool {
	if w.Op == nil || w.Op.Kind != conc.Send {
		return false
	}
	room, _ := r.MinCap(w.Op.Place)
	return room >= depth
}

// Fact is the summary of f for other packages, nil if there is nothing to say.
func (r *Result) Fact(f *conc.Func) *Fact {
	s := r.funcs[f].summary
	fact := new(Fact)
	for _, w := range s.waits {
		if len(fact.Waits) == mostFactWaits {
			break
		}
		if w.Kind == IO || w.Via != conc.Static || r.given(f, w) {
			continue // too common, or not certain enough, to be worth its bytes
		}
		if r.Prompt(w) || r.OwnWork(w) || w.Op != nil && r.Handshake(w.Op, w) {
			continue // meant to be waited for
		}
		switch d, ok := r.Doubt(lockset.Held{}, w); {
		case !ok || d.Kind == Called:
			continue // soon over, or as the other packages please
		case (d.Kind == Leaving || d.Kind == Busy) && r.deep(w):
			continue // many have to wait before this does
		}
		fact.Waits = append(fact.Waits, FactWait{w.Kind, w.Bound, w.What, w.Where, w.Calls, w.Fixed})
	}
	for _, a := range s.acquires {
		if l, ok := factLock(f, a.Lock, a.Mode); ok {
			fact.Acquires = append(fact.Acquires, l)
		}
	}
	for _, pl := range s.releases {
		if l, ok := factLock(f, pl, lockset.Write); ok {
			fact.Releases = append(fact.Releases, l)
		}
	}
	for _, p := range s.params {
		for i, param := range f.SSA.Params {
			if param == p.param {
				fact.InPlace = append(fact.InPlace, i)
			}
		}
	}
	fact.addChannels(f, s.uses)
	if len(fact.Waits)+len(fact.Acquires)+len(fact.Releases)+len(fact.InPlace)+len(fact.Closes)+len(fact.Sends) == 0 {
		return nil
	}
	return fact
}

// given reports whether a wait is for room in a channel that callers of f pass
// to it, but for the receiver, or put in an exported field: they know who is at
// the other end.
func (r *Result) given(f *conc.Func, w Wait) bool {
	if w.Op == nil || w.Op.Kind != conc.Send {
		return false
	}
	ch := w.Into(w.Op.Place)
	if ch.Field() != nil && ch.Field().Exported() {
		return true
	}
	isRecv := f.SSA.Signature.Recv() != nil && ch.Root() == f.SSA.Params[0]
	return ch.Kind() == place.Param && !isRecv
}

// factLock names a lock from outside; it is not ok for locks that cannot be
// reached from a parameter by fields.
func factLock(f *conc.Func, pl place.Place, mode lockset.Mode) (FactLock, bool) {
	i := paramIndex(f, pl)
	return FactLock{Param: i, Path: pl.Path(), Mode: mode}, i >= 0
}

// effect is what a call of the function does to locks.
func (f *Fact) effect(call *conc.CallSite) lockset.Effect {
	var e lockset.Effect
	for _, l := range f.Acquires {
		if pl := l.in(call); !pl.IsZero() {
			e.Acquires = append(e.Acquires, lockset.Acquired{Lock: pl, Mode: l.Mode})
		}
	}
	for _, l := range f.Releases {
		if pl := l.in(call); !pl.IsZero() {
			e.Releases = append(e.Releases, pl)
		}
	}
	return e
}

// in is the lock in the places of a caller; zero if a field cannot be found.
func (l FactLock) in(call *conc.CallSite) place.Place { return fieldPlace(call, l.Param, l.Path) }

// paramType is the type of parameter i of fn, the receiver being the first.
func paramType(fn *types.Func, i int) types.Type {
	sig := fn.Signature()
	if recv := sig.Recv(); recv != nil {
		if i == 0 {
			return recv.Type()
		}
		i--
	}
	return sig.Params().At(i).Type()
}

// waits are the ways in which a call of the function may block.
func (f *Fact) waits(op *conc.Op) []Wait {
	call := op.Call
	var out []Wait
	for _, w := range f.Waits {
		out = append(out, Wait{
			Kind: w.Kind, Bound: w.Bound, What: w.What, Where: w.Where, Fixed: w.Fixed,
			Calls: append([]string{call.Obj.Name()}, w.Calls...),
			Depth: 1 + len(w.Calls),
			At:    op,
		})
	}
	return out
}
