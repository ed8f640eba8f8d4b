package feed

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// A Dropped is a wake-up, by Cond.Signal or by a channel with room for one, that
// one waiter takes and gives to nobody: it leaves for a reason of its own, and
// the others go on waiting.
type Dropped struct {
	Wait   conc.Use
	Signal *conc.Op
	Leave  token.Pos // the condition of its own
}

// DroppedWakeups are the waits of the package that may take a wake-up along.
//
// Method. Behind the wait, the paths to a return are followed. A branch on a
// state leads on only where the state is what was waited for; a branch on the
// waiter's own context, flag or deadline that leads to a return without a
// wake-up for others is what is looked for. A Broadcast in the function means
// that giving up wakes everybody, so nothing is lost then.
//
// False positive: a condition that never has two waiters. False negative: a
// reason to leave that is found out in a called function.
func DroppedWakeups(r *effect.Result) []Dropped {
	var out []Dropped
	for _, f := range r.Funcs {
		for op := range f.Ops {
			if op.Kind != conc.CondWait || f.Root().Started {
				continue // a goroutine that waits is mostly the only one
			}
			signal := onlySignals(r, op)
			if signal == nil {
				continue
			}
			w := &leaver{r: r, f: f, wait: op}
			if pos := w.from(op.Block, make(map[int]bool)); pos.IsValid() {
				out = append(out, Dropped{conc.Use{Op: op, Case: -1}, signal, pos})
			}
		}
	}
	return out
}

// DroppedTokens is the same for the receives of wake-ups from c.
func DroppedTokens(r *effect.Result, c Carrier) []Dropped {
	var out []Dropped
	for _, u := range c.Recvs {
		if u.Op.Fn.Root().Started {
			continue
		}
		start := u.Op.Block
		if u.Case >= 0 {
			edge, ok := u.Op.CaseEdge(u.Case)
			if !ok {
				continue
			}
			start = edge.To
		}
		w := &leaver{r: r, f: u.Op.Fn, wait: u.Op, token: u.Place()}
		if pos := w.from(start, make(map[int]bool)); pos.IsValid() {
			out = append(out, Dropped{u, c.Sends[0].Op, pos})
		}
	}
	return out
}

// onlySignals is a Signal that wakes op, nil if there is none or if the
// function itself wakes everybody.
func onlySignals(r *effect.Result, op *conc.Op) *conc.Op {
	var signal *conc.Op
	for _, wake := range Wakes(r, op) {
		switch {
		case wake.Kind == conc.Signal && signal == nil:
			signal = wake
		case wake.Kind == conc.Broadcast && wake.Fn.Root() == op.Fn.Root():
			return nil
		}
	}
	return signal
}

// Wakes are the calls of Signal and Broadcast that may end a wait.
func Wakes(r *effect.Result, wait *conc.Op) []*conc.Op {
	var out []*conc.Op
	for _, u := range r.Uses(wait.Place).Wakes {
		out = append(out, u.Op)
	}
	if !wait.Place.Join().IsZero() {
		return out
	}
	for _, f := range r.Funcs { // a variable of the function
		for op := range f.Ops {
			wakes := op.Kind == conc.Signal || op.Kind == conc.Broadcast
			if wakes && op.Place == wait.Place {
				out = append(out, op)
			}
		}
	}
	return out
}

// leaver follows the paths behind a wait.
type leaver struct {
	r    *effect.Result
	f    *conc.Func
	wait *conc.Op

	token place.Place // the channel of wake-ups, zero for a condition
}

// from is the first place, on a path from the end of a block, where the waiter
// leaves for a reason of its own.
func (w *leaver) from(block int, seen map[int]bool) token.Pos {
	if seen[block] || w.wakes(block) {
		return token.NoPos
	}
	seen[block] = true
	b := w.f.Blocks[block]
	next := b.Succs
	if br, ok := b.SSA.Instrs[len(b.SSA.Instrs)-1].(*ssa.If); ok {
		own := w.own(br.Cond)
		if own {
			if slices.ContainsFunc(b.Succs, w.passesOn) {
				return token.NoPos // so the other way is that of who goes on
			}
			for _, s := range b.Succs {
				if w.gives(s) {
					return br.Cond.Pos()
				}
			}
		} else {
			next = w.satisfied(b.Succs)
		}
	}
	for _, s := range next {
		if s == w.wait.Block {
			continue
		}
		if pos := w.from(s, seen); pos.IsValid() {
			return pos
		}
	}
	return token.NoPos
}

// satisfied are the ways on which what was waited for holds: those that do not
// lead back to the wait, if there are others that do.
func (w *leaver) satisfied(succs []int) []int {
	var out []int
	for _, s := range succs {
		if s != w.wait.Block && !w.f.Reaches(s, w.wait.Block, nil) {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return succs
	}
	return out
}

// gives reports whether a block only returns, and wakes nobody.
func (w *leaver) gives(block int) bool {
	if !w.returns(block) {
		return false
	}
	for _, op := range w.f.Blocks[block].Ops {
		switch op.Kind {
		case conc.Unlock, conc.RUnlock, conc.Return, conc.RunDefers:
		case conc.Call:
			if !outside(op) {
				return false
			}
		default:
			return false
		}
	}
	for op := range w.f.Ops {
		if op.Kind == conc.Defer && (op.Inner.Kind == conc.Signal || op.Inner.Kind == conc.Call && !outside(op.Inner)) {
			return false
		}
	}
	return true
}

// passesOn reports whether a block wakes somebody and returns.
func (w *leaver) passesOn(block int) bool { return w.returns(block) && w.wakes(block) }

func (w *leaver) returns(block int) bool {
	instrs := w.f.Blocks[block].SSA.Instrs
	_, ok := instrs[len(instrs)-1].(*ssa.Return)
	return ok
}

// outside reports whether a call is of a function of another package.
func outside(op *conc.Op) bool { return len(op.Call.Targets) == 0 && op.Call.Obj != nil }

// wakes reports whether a block wakes somebody.
func (w *leaver) wakes(block int) bool {
	for _, op := range w.f.Blocks[block].Ops {
		if op.Kind == conc.Signal || op.Kind == conc.Broadcast {
			return true
		}
		if w.token.IsZero() {
			continue
		}
		if op.Kind == conc.Call && !outside(op) {
			return true // it may send
		}
		if slices.ContainsFunc(op.Offers(), func(u conc.Use) bool { return u.Place() == w.token }) {
			return true
		}
	}
	return false
}

// own reports whether a condition is the waiter's own: it depends on a context
// or flag that the function was given, a variable of the function that is
// captured, or the time, and on nothing else that changes.
func (w *leaver) own(cond ssa.Value) bool {
	found, shared := false, false
	var look func(v ssa.Value, depth int)
	look = func(v ssa.Value, depth int) {
		switch v := v.(type) {
		case *ssa.BinOp:
			if depth > 0 {
				look(v.X, depth-1)
				look(v.Y, depth-1)
			}
		case *ssa.UnOp:
			switch {
			case v.Op == token.NOT && depth > 0:
				look(v.X, depth-1)
			case v.Op == token.MUL && w.private(w.r.Places.Of(v.X)):
				found = true
			default:
				shared = true
			}
		case *ssa.Call:
			if w.ownCall(v) {
				found = true
			} else {
				shared = true
			}
		case *ssa.Const:
		default:
			shared = true
		}
	}
	look(cond, 3)
	return found && !shared
}

// private reports whether pl is a variable of the function, and no state that
// the waiters have in common: the condition must have another home.
func (w *leaver) private(pl place.Place) bool {
	home := w.wait.Place
	if !w.token.IsZero() {
		home = w.token
	}
	shared := home.Kind() == place.Param || home.Kind() == place.Global
	return shared && pl.Kind() == place.Local && pl.IsRoot()
}

// ownCall reports whether a call asks a context that the function was given, or
// the clock.
func (w *leaver) ownCall(call *ssa.Call) bool {
	if call.Call.IsInvoke() {
		pl := w.r.Places.Of(call.Call.Value)
		return call.Call.Method.FullName() == "(context.Context).Err" && pl.Kind() == place.Param && pl.IsRoot()
	}
	fn := call.Call.StaticCallee()
	if fn == nil {
		return false
	}
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return false
	}
	switch obj.FullName() {
	case "(time.Time).After", "(time.Time).Before", "time.Until", "time.Since":
		return true
	}
	return false
}
