package effect

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// StopLike reports whether the channel at pl is one that is closed to tell
// that something is over, and carries no values: nothing in the package sends
// on it, and something closes it, or it is a parameter that can only be
// received from and has no values to carry.
func (r *Result) StopLike(pl place.Place) bool {
	u := r.Uses(pl)
	if len(u.Sends) == 0 && len(u.Closes) > 0 {
		return true
	}
	ch := chanType(pl)
	return ch != nil && ch.Dir() == types.RecvOnly && conc.IsEmptyStruct(ch.Elem())
}

// Semaphore reports whether the channel at pl is used as a lock: it has room,
// and some function both sends and receives, so that one is the acquisition
// and the other the release, or functions of their own pass permits.
func (r *Result) Semaphore(pl place.Place) bool {
	ch := chanType(pl)
	if ch == nil || pl.Join().IsZero() {
		return false
	}
	u := r.Uses(pl)
	if len(u.Makes) == 0 {
		return false
	}
	for _, mk := range u.Makes {
		if r.Cap(mk.Size) == 0 {
			return false
		}
	}
	return paired(u) || conc.IsEmptyStruct(ch.Elem()) && len(u.Closes) == 0 && tokens(u)
}

// tokens reports whether what is sent and received are permits, acquired and
// released in functions of their own: no wake-up, which is sent if there is
// room and received in a loop. Sends next to the make fill the channel.
func tokens(u *conc.Uses) bool {
	plain := 0
	for _, s := range u.Sends {
		if s.Case >= 0 && s.Op.HasDefault {
			continue // an attempt to acquire, if there are others that wait
		}
		plain++
		if inLoop(s.Op) && !slices.ContainsFunc(u.Makes, func(mk *conc.Op) bool { return mk.Fn == s.Op.Fn }) {
			return false
		}
	}
	for _, rv := range u.Recvs {
		if rv.Op.Range || inLoop(rv.Op) || !valueUnused(rv) {
			return false
		}
	}
	return plain > 0 && len(u.Recvs) > 0
}

// paired reports whether one function, with the literals in it, both receives
// and sends, once each: a lock, or a value that is borrowed and given back.
func paired(u *conc.Uses) bool {
	for _, s := range u.Sends {
		for _, rv := range u.Recvs {
			if s.Op.Fn.Root() == rv.Op.Fn.Root() && s.Place() == rv.Place() && !rv.Op.Range &&
				(s.Case < 0 || rv.Case < 0) && !inLoop(s.Op) && !inLoop(rv.Op) &&
				!s.Op.Fn.Started && !rv.Op.Fn.Started {
				return true
			}
		}
	}
	return false
}

// valueUnused reports whether what is received is thrown away.
func valueUnused(u conc.Use) bool {
	recv, ok := u.Op.Instr.(*ssa.UnOp)
	return !ok || recv.Referrers() == nil || len(*recv.Referrers()) == 0
}

// inLoop reports whether the block of op can be reached from itself.
func inLoop(op *conc.Op) bool { return reaches(op.Fn, op.Block, op.Block) }

// reaches reports whether there is a path of at least one edge from block to
// block.
func reaches(f *conc.Func, from, to int) bool { return reachesBut(f, from, to, -1) }

// reachesBut is reaches by paths that do not enter the block but, which none is
// if it is -1.
func reachesBut(f *conc.Func, from, to, but int) bool {
	seen := make([]bool, len(f.Blocks))
	work := append([]int(nil), f.Blocks[from].Succs...)
	for len(work) > 0 {
		b := work[len(work)-1]
		work = work[:len(work)-1]
		if b == but {
			continue
		}
		if b == to {
			return true
		}
		if !seen[b] {
			seen[b] = true
			work = append(work, f.Blocks[b].Succs...)
		}
	}
	return false
}

// chanType is the type of the channel at pl, nil if it is not known.
func chanType(pl place.Place) *types.Chan {
	var t types.Type
	switch {
	case pl.Field() != nil:
		t = pl.Field().Type()
	case pl.IsZero() || !pl.IsRoot():
		return nil
	default:
		t = pl.Root().Type()
		if ptr, ok := t.Underlying().(*types.Pointer); ok {
			t = ptr.Elem()
		}
	}
	ch, _ := t.Underlying().(*types.Chan)
	return ch
}

// isSignal reports whether values of type t tell no more than that they are
// sent, or where to answer.
func isSignal(t types.Type) bool {
	_, ch := t.Underlying().(*types.Chan)
	return ch || conc.IsEmptyStruct(t)
}
