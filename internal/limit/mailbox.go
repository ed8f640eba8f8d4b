package limit

import (
	"slices"

	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// Mailboxes are the lists of the package that one function fills, waking
// another, which waits and takes the first element off; and whose length
// nothing in the package compares.
//
// False negative: a list in an exported field, or one that is emptied at once.
func Mailboxes(r *effect.Result) []Queue {
	s := &lists{r: r, at: make(map[place.Join]*mailbox)}
	for _, f := range r.Funcs {
		for instr := range f.Instrs {
			if load, ok := instr.(*ssa.UnOp); ok && load.Op == token.MUL {
				s.look(f, load)
			}
		}
	}
	var out []Queue
	for _, m := range s.all {
		if m.fill.IsValid() && m.take.IsValid() && !m.limited {
			out = append(out, Queue{Fn: m.fn, Name: m.name, Append: m.fill, Take: m.take})
		}
	}
	return out
}

// lists are the lists that fields of the package hold.
type lists struct {
	r   *effect.Result
	at  map[place.Join]*mailbox
	all []*mailbox // in the order in which they were found
}

// mailbox is what is done with one of them.
type mailbox struct {
	fn         *conc.Func // that fills it
	name       string
	fill, take token.Pos
	limited    bool
}

// look records what f does with a list that it loads.
func (s *lists) look(f *conc.Func, load *ssa.UnOp) {
	pl := s.r.Places.Of(load.X)
	j := pl.Join()
	if _, ok := load.Type().Underlying().(*types.Slice); !ok || pl.Field() == nil || pl.Field().Exported() {
		return
	}
	m := s.at[j]
	if m == nil {
		m = new(mailbox)
		s.at[j], s.all = m, append(s.all, m)
	}
	m.limited = m.limited || lengthCompared(load)
	if app := appended(s.r, load, pl); app != nil && wakes(f) && !m.fill.IsValid() && !distinct(s.r, f, app, nil, token.NoPos) {
		m.fn, m.name, m.fill = f, pl.String(), app.Pos()
	}
	if pos := firstOff(s.r, load, pl); pos.IsValid() && waits(s.r, f, 2) {
		m.take = pos
	}
}

// appended is the append that makes the list at pl longer by one.
func appended(r *effect.Result, load *ssa.UnOp, pl place.Place) *ssa.Call {
	for _, ref := range *load.Referrers() {
		if call, ok := ref.(*ssa.Call); ok && appends(call, nil) && storedBack(r, call, pl) {
			return call
		}
	}
	return nil
}

// firstOff is where the list at pl is made shorter by its first element.
func firstOff(r *effect.Result, load *ssa.UnOp, pl place.Place) token.Pos {
	for _, ref := range *load.Referrers() {
		sl, ok := ref.(*ssa.Slice)
		if ok && conc.Const(sl.Low) == 1 && sl.High == nil && storedBack(r, sl, pl) {
			return sl.Pos()
		}
	}
	return token.NoPos
}

func storedBack(r *effect.Result, v ssa.Value, pl place.Place) bool {
	for _, ref := range *v.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && st.Val == v && r.Places.Of(st.Addr) == pl {
			return true
		}
	}
	return false
}

// wakes reports whether f wakes a waiter, itself.
func wakes(f *conc.Func) bool {
	for op := range f.Ops {
		switch op.Kind {
		case conc.Signal, conc.Broadcast, conc.Send:
			return true
		case conc.Select:
			if len(op.Offers()) > 0 {
				return true
			}
		case conc.Defer:
			if op.Inner.Kind == conc.Signal || op.Inner.Kind == conc.Broadcast {
				return true
			}
		}
	}
	return false
}

// waits reports whether f, or who calls it, waits for something to come.
func waits(r *effect.Result, f *conc.Func, depth int) bool {
	for op := range f.Ops {
		if op.Kind == conc.CondWait || op.Kind == conc.Recv || op.Kind == conc.Select && !op.HasDefault {
			return true
		}
	}
	if depth == 0 {
		return false
	}
	return slices.ContainsFunc(r.CallsTo(f), func(c conc.CallTo) bool {
		return c.Op.Kind == conc.Call && len(c.Op.Call.Targets) == 1 && waits(r, c.Op.Fn, depth-1)
	})
}
