package effect

import (
	"fmt"
	"go/types"
	"strings"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// A FactChan is a channel reached from a parameter that a function closes, or
// sends on, whenever it is called.
type FactChan struct {
	Param int // the receiver is the first
	Path  []string
	Where string
}

// String prints c for tests of facts.
func (c FactChan) String() string {
	return fmt.Sprintf("#%d.%s (%s)", c.Param, strings.Join(c.Path, "."), c.Where)
}

// mostFactChans bounds the channels that a fact carries, of each kind.
const mostFactChans = 2

// addChannels adds the uses of f that happen for certain.
func (f *Fact) addChannels(fn *conc.Func, uses []ChanUse) {
	for _, u := range uses {
		i := paramIndex(fn, u.Chan)
		if i < 0 || !u.Always || !u.Once.IsZero() || u.Via != conc.Static || u.Handle {
			continue
		}
		c := FactChan{Param: i, Path: u.Chan.Path(), Where: u.Where}
		switch {
		case u.Kind == conc.Close && len(f.Closes) < mostFactChans:
			f.Closes = append(f.Closes, c)
		case u.Kind == conc.Send && len(f.Sends) < mostFactChans && u.Chan.IsRoot():
			f.Sends = append(f.Sends, c)
		}
	}
}

// paramIndex is the index of the parameter that pl is reached from by fields,
// -1 if there is none.
func paramIndex(f *conc.Func, pl place.Place) int {
	if pl.Kind() != place.Param || pl.Elem() {
		return -1
	}
	for i, param := range f.SSA.Params {
		if param == pl.Root() {
			return i
		}
	}
	return -1
}

// chanUses are what a call of the function does to channels.
func (f *Fact) chanUses(call *conc.CallSite) []ChanUse {
	var out []ChanUse
	add := func(c FactChan, kind conc.Kind) {
		pl := fieldPlace(call, c.Param, c.Path)
		if pl.IsZero() {
			return
		}
		out = append(out, ChanUse{Chan: pl, Kind: kind, Case: -1, Always: true, Where: c.Where, Calls: []string{call.Obj.Name()}})
	}
	for _, c := range f.Closes {
		add(c, conc.Close)
	}
	for _, c := range f.Sends {
		add(c, conc.Send)
	}
	return out
}

// fieldPlace is what fields lead to from an argument of call; zero if one of
// them cannot be found.
func fieldPlace(call *conc.CallSite, param int, path []string) place.Place {
	if param >= len(call.Args) {
		return place.Place{}
	}
	pl := call.Args[param]
	typ := paramType(call.Obj, param)
	for _, name := range path {
		obj, _, _ := types.LookupFieldOrMethod(typ, true, call.Obj.Pkg(), name)
		field, ok := obj.(*types.Var)
		if !ok {
			return place.Place{}
		}
		pl = pl.Select(field)
		typ = field.Type()
	}
	return pl
}
