package chart

import (
	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// homes maps each make of a channel to the field that the channel is kept in.
// Of several fields the one that is used first counts.
func homes(pkg *conc.Package) map[*conc.Op]place.Place {
	m := make(map[*conc.Op]place.Place)
	for _, f := range pkg.Funcs {
		for op := range f.Ops {
			for _, u := range uses(op) {
				if u.at.Join().Field() == nil {
					continue
				}
				for _, mk := range pkg.Uses(u.at).Makes {
					if _, ok := m[mk]; !ok {
						m[mk] = u.at
					}
				}
			}
		}
	}
	return m
}

// home is the field that the channel in a variable is kept in, or the
// variable itself.
func (b *builder) home(pl place.Place) place.Place {
	if pl.IsZero() || pl.Join().Field() != nil {
		return pl
	}
	makes := b.Uses(pl).Makes
	if len(makes) != 1 {
		return pl
	}
	if at, ok := b.homes[makes[0]]; ok {
		return at
	}
	return pl
}

// returned follows the result of a call to what the function returns, if that
// is a channel which it makes.
func (b *builder) returned(pl place.Place) place.Place {
	if pl.Kind() != place.Value || !pl.IsRoot() {
		return pl
	}
	v, index := pl.Root(), 0
	if ext, ok := v.(*ssa.Extract); ok {
		v, index = ext.Tuple, ext.Index
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		return pl
	}
	f := b.Func(call.Call.StaticCallee())
	if f == nil {
		return pl
	}
	var made place.Place
	for op := range f.Ops {
		ret, ok := op.Instr.(*ssa.Return)
		if !ok || op.Kind != conc.Return {
			continue
		}
		at := b.Places.Of(ret.Results[index])
		if at.Kind() != place.Made || !made.IsZero() && at != made {
			return pl // one of several channels, or somebody else's
		}
		made = at
	}
	if made.IsZero() {
		return pl
	}
	return made
}
