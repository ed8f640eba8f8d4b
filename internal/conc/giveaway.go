package conc

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// Closed reports whether every use of what pl denotes is in the package and
// was seen: a local, or an unexported field or variable, that is not passed
// on to where it cannot be followed.
func (p *Package) Closed(pl place.Place) bool {
	j := pl.Join()
	if j.IsZero() || p.escapes[j] || p.lent[j] {
		return false
	}
	return p.own(pl)
}

// Filled reports whether every send to and close of the channel at pl is in
// the package and was seen.
func (p *Package) Filled(pl place.Place) bool {
	j := pl.Join()
	return !j.IsZero() && !p.escapes[j] && p.own(pl)
}

// own reports whether other packages cannot name what pl denotes.
func (p *Package) own(pl place.Place) bool {
	j := pl.Join()
	if f := j.Field(); f != nil {
		return f.Pkg() == p.Types && !f.Exported()
	}
	if g, ok := pl.Root().(*ssa.Global); ok {
		return g.Pkg.Pkg == p.Types && !g.Object().Exported()
	}
	return true
}

// giveAway records that the channel v goes to where it is not followed.
func (p *Package) giveAway(v ssa.Value) {
	if !isChan(v.Type()) {
		return
	}
	j := p.Places.Of(v).Join()
	if v.Type().Underlying().(*types.Chan).Dir() == types.RecvOnly {
		p.lent[j] = true
	} else {
		p.escapes[j] = true
	}
}

// share records that a field or variable holds a channel that has another name
// as well, so that neither tells all of its uses: a parameter, another field,
// a local that is used for more than to fill the field.
func (p *Package) share(addr, v ssa.Value) {
	if !isChan(v.Type()) {
		return
	}
	pl := p.Places.Of(v)
	if pl.IsZero() || pl.Kind() == place.Made && pl.IsRoot() && uses(pl.Root()) == 1 {
		return
	}
	if _, ok := addr.(*ssa.Alloc); ok {
		return // a variable: its place is that of the value
	}
	p.giveAway(v)
	if j := p.Places.Of(addr).Join(); !j.IsZero() && pl.Kind() != place.Made {
		p.escapes[j] = true
	}
}

// shareElem is share for an element of a map.
func (p *Package) shareElem(v ssa.Value) {
	if pl := p.Places.Of(v); !pl.IsZero() && pl.Kind() != place.Made {
		p.giveAway(v)
	}
}

// uses counts the instructions that mention v.
func uses(v ssa.Value) int {
	if v.Referrers() == nil {
		return 0
	}
	return len(*v.Referrers())
}

// indexArgs records which channels are passed to functions that are not
// followed. Wait groups and locks that are passed on by address count too.
func (p *Package) indexArgs(call *ssa.CallCommon) {
	if _, ok := call.Value.(*ssa.Builtin); ok {
		return
	}
	if fn := call.StaticCallee(); fn != nil {
		if obj, ok := fn.Object().(*types.Func); ok && known.OpOf(obj.Origin().FullName()) != known.NoOp {
			return
		}
	}
	p.giveArgs(call)
	for _, a := range call.Args {
		if passesOn(a.Type()) {
			p.escapes[p.Places.Of(a).Join()] = true
		}
	}
}

// passesOn reports whether a value of type t lets its receiver use a channel
// or wait group that belongs to the caller.
func passesOn(t types.Type) bool {
	if isChan(t) {
		return true
	}
	ptr, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	if isChan(ptr.Elem()) {
		return true
	}
	named, ok := types.Unalias(ptr.Elem()).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "sync"
}
