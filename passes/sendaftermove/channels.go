package sendaftermove

import (
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/closing"
	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
	"github.com/chanlint/chanlint/internal/report"
)

// channels are the reports about channels of a package.
func channels(pass *analysis.Pass, r *effect.Result) []report.Diagnostic {
	var out []report.Diagnostic
	for _, f := range r.Funcs {
		found := closing.Find(r, f)
		for _, a := range found.Agains {
			switch {
			case !a.Then.Use.Handle:
				d := wordAgain(r, a)
				if precedesDeferred(a) {
					d.Fixes = removeFix(pass, a)
				}
				out = append(out, d)
			case a.Then.Use.Kind == conc.Send:
				out = append(out, wordHandle(r, a))
			}
		}
		for _, c := range found.Races {
			if len(closing.LocksAt(r, c.Close.At)) == 0 {
				out = append(out, wordRace(r, c))
			}
		}
		for op := range f.Ops {
			if u, ok := closing.Restarted(r, op); ok && strict {
				out = append(out, wordRestarted(r, op, u))
			}
			if op.Kind == conc.Defer {
				op = op.Inner
			}
			if op.Kind == conc.Close {
				out = append(out, closes(pass, r, op)...)
			}
		}
	}
	return out
}

// precedesDeferred reports whether a close is followed by a deferred one, so that
// it is the first that is reported.
func precedesDeferred(a closing.Again) bool {
	return a.Then.Deferred && a.Then.Use.Kind == conc.Close && !a.First.Deferred
}

// closes are the reports about one close, whatever else its function does.
func closes(pass *analysis.Pass, r *effect.Result, op *conc.Op) []report.Diagnostic {
	if n := closing.Notified(r, op.Place); n != nil {
		d := wordSignal(r, op, n)
		d.Fixes = stopFix(pass, op)
		return []report.Diagnostic{d}
	}
	if !op.Place.Container().IsZero() {
		if other := elementUse(r, op); other != nil && (strict || !r.InLoop(op)) && closing.Kept(r, op) && !closing.Settled(r, op) {
			d := wordElement(r, op, other)
			d.Fixes = deleteFix(pass, op)
			return []report.Diagnostic{d}
		}
		return nil
	}
	if op.Place.Field() == nil || op.Place.Kind() != place.Param {
		return nil
	}
	g := closing.GuardOf(r, op)
	if g == closing.Peek {
		if a, b, ok := closing.Concurrent(r, op.Fn.Root()); ok {
			d := wordGuard(op, a, b)
			d.Fixes = onceFix(pass, r, op)
			return []report.Diagnostic{d}
		}
	}
	if send, lock := closing.Unlocked(r, op); send != nil {
		return []report.Diagnostic{wordUnlocked(r, op, send, lock)}
	}
	if !strict {
		return nil
	}
	if s := publicSend(r, op); s != nil {
		return []report.Diagnostic{wordPublic(r, op, s)}
	}
	if g <= closing.NilCheck && exported(op.Fn) && op.Fn.Parent == nil && !closing.WaitsBefore(r, op) {
		if other := otherClose(r, op); other != nil {
			d := wordUnguarded(r, op, other)
			d.Fixes = onceFix(pass, r, op)
			return []report.Diagnostic{d}
		}
	}
	return nil
}

// otherClose is a close of the same field by a function that runs beside op, which
// nothing keeps from following it.
func otherClose(r *effect.Result, op *conc.Op) *conc.Op {
	for _, u := range r.Uses(op.Place).Closes {
		c := u.Op
		if c.Fn.Root() != op.Fn.Root() && closing.GuardOf(r, c) <= closing.NilCheck && place.Alike(c.Place, op.Place) && closing.Beside(r, c.Fn) {
			return c
		}
	}
	return nil
}

// publicSend is a send on the channel that op closes, in a method that other
// packages can call at any time, and that a goroutine of this one calls, if
// neither holds a lock.
func publicSend(r *effect.Result, op *conc.Op) *conc.Op {
	if !exported(op.Fn) || len(closing.LocksAt(r, op)) > 0 || closing.WaitsBefore(r, op) {
		return nil
	}
	for _, s := range r.Uses(op.Place).Sends {
		f := s.Op.Fn
		if f.Parent == nil && f != op.Fn.Root() && exported(f) && place.Alike(s.Place(), op.Place) && len(closing.LocksAt(r, s.Op)) == 0 && !closing.Recovers(f) && closing.Beside(r, f) {
			return s.Op
		}
	}
	return nil
}

// exported reports whether other packages can call the function that f is, or is
// in, so that it may run twice, or on two goroutines.
func exported(f *conc.Func) bool {
	root := f.Root()
	return root.Obj != nil && root.Obj.Exported()
}

// elementUse is an operation of another function that sends on, or closes, the
// elements of the container that op closes one of.
func elementUse(r *effect.Result, op *conc.Op) *conc.Op {
	u := r.Uses(op.Place)
	for _, use := range slices.Concat(u.Sends, u.Closes) {
		if use.Op.Fn.Root() != op.Fn.Root() {
			return use.Op
		}
	}
	return nil
}
