// Package feed says how a channel is filled, and what its receivers do with
// each item: whether what is sent can be replaced or dropped, and whether who
// receives it counts, keeps or handles the items one by one.
//
// Method. The fill is read off all sends of the package, joined by field or
// variable. What a receiver does is read off SSA form: an act belongs to the
// items if it cannot run twice without a receive in between, which is a
// question about the paths of the control-flow graph. Acts in called functions
// are looked for two calls deep, and only for taking from a queue. What is not
// recognized is no act, so findings are lost.
package feed

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// Fill is how the channel is filled by those who send without waiting.
type Fill uint8

const (
	Dropping  Fill = iota + 1 // a send that finds no room is left out, and nobody is told
	Replacing                 // the old item is thrown away for the new one
)

// A Carrier is a channel of which all sends are seen, and none waits.
type Carrier struct {
	Fill  Fill
	Cap   int64 // the same at all makes
	Makes []*conc.Op
	Sends []conc.Use
	Recvs []conc.Use // by others than those who send
	Elem  types.Type

	unused bool // nobody looks at what is received
}

// Signal reports whether an item says no more than that it was sent: it is
// empty, or whoever receives it does not look at it.
func (c Carrier) Signal() bool {
	st, ok := c.Elem.Underlying().(*types.Struct)
	return ok && st.NumFields() == 0 || c.unused
}

// Place is the channel, as its first receiver names it.
func (c Carrier) Place() place.Place { return c.Recvs[0].Place() }

// Renewed reports whether the receiver u makes a channel anew for each item: it
// waits for the first, and the others are meant to be dropped.
func (c Carrier) Renewed(u conc.Use) bool {
	f, at := u.Op.Fn, u.Op.Block
	return slices.ContainsFunc(c.Makes, func(mk *conc.Op) bool {
		anew := func(e conc.Edge) bool { return e.To == mk.Block }
		if mk.Fn != f {
			return false
		} else if mk.Block == at {
			return mk.Pos() < u.Op.Pos()
		}
		return !f.Reaches(at, at, anew)
	})
}

// Carriers are the channels of the package that are filled by who does not
// wait, in the order of their makes.
func Carriers(r *effect.Result) []Carrier {
	seen := make(map[place.Join]bool)
	var out []Carrier
	for _, u := range receives(r) {
		j := u.Place().Join()
		if j.IsZero() || seen[j] {
			continue
		}
		seen[j] = true
		if c, ok := carrier(r, u.Place()); ok {
			out = append(out, c)
		}
	}
	return out
}

// receives are all receives of the package.
func receives(r *effect.Result) []conc.Use {
	var out []conc.Use
	for _, f := range r.Funcs {
		for op := range f.Ops {
			out = append(out, op.Receives()...)
		}
	}
	return out
}

// carrier describes the channel at pl if nobody waits to send on it.
//
// False negative: a channel that is also passed to a function, as its sends
// may be anywhere.
func carrier(r *effect.Result, pl place.Place) (Carrier, bool) {
	u := r.Uses(pl)
	if len(u.Makes) == 0 || len(u.Sends) == 0 || !r.Filled(pl) {
		return Carrier{}, false
	}
	c := Carrier{Cap: r.Cap(u.Makes[0].Size), Makes: distinct(u.Makes), Sends: u.Sends}
	for _, mk := range u.Makes[1:] {
		if r.Cap(mk.Size) != c.Cap {
			return Carrier{}, false
		}
	}
	c.Elem = c.Makes[0].Elem()
	for _, s := range u.Sends {
		fill := fillOf(u, s)
		if fill == 0 || c.Fill != 0 && fill != c.Fill {
			return Carrier{}, false // somebody waits, or is told
		}
		c.Fill = fill
	}
	c.unused = !slices.ContainsFunc(u.Recvs, used)
	for _, rv := range u.Recvs {
		if !sends(u, rv.Op.Fn) {
			c.Recvs = append(c.Recvs, rv)
		}
	}
	return c, len(c.Recvs) > 0
}

// distinct drops the makes that are listed more than once.
func distinct(makes []*conc.Op) []*conc.Op {
	var out []*conc.Op
	for _, mk := range makes {
		if !slices.Contains(out, mk) {
			out = append(out, mk)
		}
	}
	return out
}

// sends reports whether fn, or the declared function it is in, sends.
func sends(u *conc.Uses, fn *conc.Func) bool {
	for _, s := range u.Sends {
		if s.Op.Fn == fn {
			return true
		}
	}
	return false
}

// fillOf is what a send does when there is no room, zero if it waits or takes
// note.
func fillOf(u *conc.Uses, s conc.Use) Fill {
	for _, rv := range u.Recvs {
		if rv.Op.Fn == s.Op.Fn && rv.Place() == s.Place() && discards(rv, s) {
			return Replacing
		}
	}
	if s.Case >= 0 && s.Op.HasDefault && len(s.Op.Cases) == 1 && silent(s.Op.Node) {
		return Dropping
	}
	return 0
}

// discards reports whether a receive makes room for the send s: it waits for
// nothing, and nobody looks at what is received.
func discards(rv, s conc.Use) bool {
	if rv.Case < 0 || used(rv) {
		return false
	}
	offers := func(c conc.Case) bool { return c.Send && c.Place == s.Place() }
	return rv.Op.HasDefault || slices.ContainsFunc(rv.Op.Cases, offers)
}

// used reports whether anything is done with what a use receives.
func used(rv conc.Use) bool { return rv.Item() != nil && len(*rv.Item().Referrers()) > 0 }

// silent reports whether a select does nothing that tells whether its send was
// made, so that nobody knows.
func silent(n ast.Node) bool {
	sel, ok := n.(*ast.SelectStmt)
	if !ok {
		return false
	}
	for _, clause := range sel.Body.List {
		for _, st := range clause.(*ast.CommClause).Body {
			if !idle(st) {
				return false
			}
		}
	}
	return true
}

// idle reports whether a statement only ends something.
func idle(st ast.Stmt) bool {
	switch st := st.(type) {
	case *ast.EmptyStmt:
		return true
	case *ast.BranchStmt:
		return st.Tok == token.CONTINUE || st.Tok == token.BREAK
	case *ast.ReturnStmt:
		return len(st.Results) == 0
	}
	return false
}
