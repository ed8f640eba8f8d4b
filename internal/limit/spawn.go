package limit

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// A Spawn is a goroutine that is started for each item, although nothing
// limits how many there are.
type Spawn struct {
	Go     *conc.Op
	Item   conc.Use // what brings the item
	Blocks *conc.Op // where the goroutine may block
	Case   int      // like that of a Use, in Blocks
	Permit bool     // it waits for a permit there, which it should do before
	Bound  effect.Bound
}

// Spawns are the goroutines of the package that are started for each item that
// is received, or connection that is accepted, and then block on a channel.
//
// Method. The go statement cannot run twice without a receive, or a call of
// Accept, in between. It is limited if something in the loop waits or asks for
// a permit, or compares a number; and if the loop is over something finite. The
// goroutine blocks if it sends, but not in a loop, as a worker does, on a channel
// that is not the item's own and has no room for certain. One that receives in a
// loop serves something else.
func Spawns(r *effect.Result) []Spawn {
	var out []Spawn
	seen := make(map[conc.Use]bool) // one report for what brings the items
	for _, f := range r.Funcs {
		for op := range f.Ops {
			if op.Kind != conc.Go || !r.InLoop(op) {
				continue
			}
			if s, ok := spawn(r, op); ok && !seen[s.Item] {
				seen[s.Item] = true
				out = append(out, s)
			}
		}
	}
	return out
}

func spawn(r *effect.Result, g *conc.Op) (Spawn, bool) {
	item, ok := itemOf(r, g)
	if !ok || limitedSpawn(r, g, item) {
		return Spawn{}, false
	}
	s := Spawn{Go: g, Item: item, Case: -1}
	if op, ok := acquires(r, g); ok {
		s.Blocks, s.Permit = op, true
		return s, true
	}
	if serves(r, g) {
		return Spawn{}, false
	}
	for _, w := range r.Waits(g.Inner) {
		if w.Kind == effect.Send && w.Op != nil && w.Depth <= 2 && w.Via == conc.Static && !r.InLoop(w.Op) && !r.Prompt(w) && !r.Fresh(w) && shared(r, g, w) {
			s.Blocks, s.Bound = w.Op, w.Bound
			return s, true
		}
	}
	return Spawn{}, false
}

// serves reports whether a goroutine receives or sends in a loop: it is there for
// as long as something comes, and what it sends at its end is not what it was
// started for.
func serves(r *effect.Result, g *conc.Op) bool {
	return slices.ContainsFunc(r.Waits(g.Inner), func(w effect.Wait) bool {
		return w.Op != nil && len(w.Op.Receives())+len(w.Op.Offers()) > 0 && r.InLoop(w.Op)
	})
}

// itemOf is what brings the item that a goroutine is started for.
func itemOf(r *effect.Result, g *conc.Op) (conc.Use, bool) {
	for op := range g.Fn.Ops {
		uses := op.Receives()
		if op.Kind == conc.Known && (accepts(op) || reads(op)) {
			uses = []conc.Use{{Op: op, Case: -1}}
		}
		for _, u := range uses {
			if perItem(g, u) {
				return u, true
			}
		}
	}
	return conc.Use{}, false
}

// accepts reports whether op accepts a connection.
func accepts(op *conc.Op) bool {
	return strings.HasPrefix(op.Call.Name, "Accept")
}

// reads reports whether op reads from the network.
func reads(op *conc.Op) bool {
	if op.Blocking.Kind != known.Net {
		return false
	}
	for _, prefix := range []string{"Read", "Recv", "Receive", "Next", "Fetch"} {
		if strings.HasPrefix(op.Call.Name, prefix) {
			return true
		}
	}
	return false
}

// perItem reports whether g cannot run twice without u in between.
func perItem(g *conc.Op, u conc.Use) bool {
	op := u.Op
	cut := func(e conc.Edge) bool { return e.To == op.Block }
	if u.Case >= 0 {
		edge, ok := op.CaseEdge(u.Case)
		if !ok {
			return false
		}
		cut = func(e conc.Edge) bool { return e == edge }
	}
	return g.Fn.Reaches(op.Block, g.Block, nil) && !g.Fn.Reaches(g.Block, g.Block, cut) ||
		op.Block == g.Block && u.Case < 0
}

// limitedSpawn reports whether something in the loop limits how many goroutines
// there are: a permit, a wait for others, or a comparison.
func limitedSpawn(r *effect.Result, g *conc.Op, item conc.Use) bool {
	f := g.Fn
	inLoop := func(b int) bool { return f.Reaches(g.Block, b, nil) && f.Reaches(b, g.Block, nil) }
	for op := range f.Ops {
		if op == g || op == item.Op || !inLoop(op.Block) {
			continue
		}
		switch op.Kind {
		case conc.Wait, conc.Send, conc.Recv:
			return true
		case conc.Select:
			return true // a permit, or another source that paces the loop
		case conc.Known:
			if op.Blocking.Kind == known.Lockish || op.Blocking.Kind == known.Wait || op.Blocking.Kind == known.Delay {
				return true
			}
		case conc.Call:
			if asks(op) {
				return true
			}
		}
	}
	if item.Op.Kind != conc.Known && item.Item() == nil {
		return true // nothing but a permit
	}
	if item.Op.Bound == conc.ByTimer || item.Case >= 0 && item.Op.Cases[item.Case].Bound != conc.Unbounded {
		return true // paced by the clock, or once, at the end
	}
	return byComparison(f, inLoop) || setLimit(g) || byKey(g)
}

// byKey reports whether a goroutine is started only if a map has no entry yet:
// there is one for each key.
func byKey(g *conc.Op) bool {
	for b := g.Fn.Blocks[g.Block].SSA.Idom(); b != nil; b = b.Idom() {
		br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		ext, ok := br.Cond.(*ssa.Extract)
		if !ok {
			continue
		}
		if _, ok := ext.Tuple.(*ssa.Lookup); ok {
			return true
		}
	}
	return false
}

// asks reports whether a call may ask for a permit, or wait for one.
func asks(op *conc.Op) bool {
	name := strings.ToLower(op.Call.Name)
	for _, word := range []string{"acquire", "limit", "wait", "reserve", "throttle", "allow", "take", "token", "permit", "slot", "submit"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// byComparison reports whether a number is compared in the loop.
func byComparison(f *conc.Func, inLoop func(int) bool) bool {
	for _, b := range f.SSA.Blocks {
		if !inLoop(b.Index) {
			continue
		}
		br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		if cmp, ok := br.Cond.(*ssa.BinOp); ok && ordered(cmp) {
			return true
		}
	}
	return false
}

// ordered reports whether a comparison is of numbers, by order.
func ordered(cmp *ssa.BinOp) bool {
	switch cmp.Op.String() {
	case "<", "<=", ">", ">=":
		return true
	}
	return false
}

// setLimit reports whether a goroutine is started by something that may limit
// how many there are: an errgroup, a pool.
func setLimit(g *conc.Op) bool {
	_, ok := g.Instr.(*ssa.Go)
	return !ok
}

// acquires is where a goroutine waits for a permit before it does anything.
func acquires(r *effect.Result, g *conc.Op) (*conc.Op, bool) {
	if g.Inner.Call == nil || len(g.Inner.Call.Targets) != 1 {
		return nil, false
	}
	f := g.Inner.Call.Targets[0].Func
	for op := range f.Ops {
		switch {
		case op.Kind == conc.Send && op.Block == 0 && r.Semaphore(op.Place) && outer(g, op.Place):
			return op, true
		case op.Kind == conc.Defer:
		case op.Kind == conc.Known && op.Block == 0 && op.Blocking.Kind == known.Lockish:
			return op, true
		default:
			return nil, false // it does something first
		}
	}
	return nil, false
}

// outer reports whether a place is not made anew for each item.
func outer(g *conc.Op, pl place.Place) bool {
	switch pl.Kind() {
	case place.Param, place.Global:
		return true
	case place.Local, place.Made:
		instr, ok := pl.Root().(ssa.Instruction)
		return ok && (instr.Parent() != g.Fn.SSA || !g.Fn.Reaches(instr.Block().Index, instr.Block().Index, nil))
	}
	return false
}

// shared reports whether the channel of a wait is one for all items.
func shared(r *effect.Result, g *conc.Op, w effect.Wait) bool {
	for _, u := range w.Op.Offers() {
		if in := w.Into(u.Place()); !in.IsZero() && outer(g, in) && !in.Elem() {
			return true
		}
	}
	return false
}
