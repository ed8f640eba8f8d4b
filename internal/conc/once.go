package conc

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// onceTargets returns what a call of v runs the first time, if v is only ever
// a result of sync.OnceFunc or OnceValue. Other calls wait for the first, as
// with Once.Do.
func (p *Package) onceTargets(v ssa.Value) (targets []Target, ok bool) {
	load, isLoad := v.(*ssa.UnOp)
	if !isLoad {
		f := onceArg(v)
		return p.Resolve(f, nil), f != nil
	}
	kept, owner := p.storedAt(load.X)
	if len(kept) != 1 || onceArg(kept[0].val) == nil {
		return nil, false
	}
	r := resolution{p: p}
	var subst map[ssa.Value]place.Place
	if from := kept[0].owner; from.IsRoot() && !from.IsZero() && !owner.IsZero() {
		subst = map[ssa.Value]place.Place{from.Root(): owner}
	}
	if !r.add(onceArg(kept[0].val), Static, subst, 4) {
		return nil, true
	}
	return r.targets, true
}

// storedAt is what the package stores at an address that functions are kept at,
// and the object that the address is in, if it is a field.
func (p *Package) storedAt(addr ssa.Value) (kept []stored, owner place.Place) {
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		return p.stores[fieldVar(addr.X.Type(), addr.Field)], p.Places.Of(addr.X)
	case *ssa.Global:
		obj, _ := addr.Object().(*types.Var)
		return p.stores[obj], place.Place{}
	}
	for _, val := range p.Places.Stored(addr) {
		kept = append(kept, stored{val: val})
	}
	return kept, place.Place{}
}

// onceArg is the function that v runs once, nil if v is not made by
// sync.OnceFunc or OnceValue.
func onceArg(v ssa.Value) ssa.Value {
	call, ok := v.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil {
		return nil
	}
	obj, ok := call.Call.StaticCallee().Object().(*types.Func)
	if !ok {
		return nil
	}
	switch known.OpOf(obj.Origin().FullName()) {
	case known.OnceFunc, known.OnceValue:
		return call.Call.Args[0]
	}
	return nil
}
