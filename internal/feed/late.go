package feed

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// BlindWaits are the waits on a condition variable that nothing decides: the
// lock is taken and the wait begins, whatever the state. What was signalled
// before is missed.
//
// False positive: a signal that is sent in any case after the wait has begun,
// because something else waits for that.
func BlindWaits(r *effect.Result) []*conc.Op {
	var out []*conc.Op
	for _, f := range r.Funcs {
		for op := range f.Ops {
			if op.Kind == conc.CondWait && len(Wakes(r, op)) > 0 && blind(f, op) {
				out = append(out, op)
			}
		}
	}
	return out
}

// blind reports whether nothing decides between the lock and the wait, and no
// goroutine is started there that needs the lock in order to signal.
func blind(f *conc.Func, wait *conc.Op) bool {
	for b := f.Blocks[wait.Block].SSA; b != nil; b = b.Idom() {
		if b.Index != wait.Block {
			if _, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If); ok {
				return false
			}
		}
		ops := f.Blocks[b.Index].Ops
		if b.Index == wait.Block {
			ops = ops[:slices.Index(ops, wait)]
		}
		for _, op := range slices.Backward(ops) {
			switch op.Kind {
			case conc.Lock, conc.RLock:
				return true
			case conc.Go, conc.Call, conc.Known, conc.Send, conc.Signal, conc.Broadcast, conc.CondWait:
				return false // it may bring the signal about
			}
		}
	}
	return false // the caller has the lock, and may know
}

// A Late is a subscription that is made when who publishes runs already, and
// may have published everything.
type Late struct {
	Subscribe *conc.Op
	Publish   *conc.Op // the call, or the start of the goroutine, that publishes
}

// broadcasts are the methods of the companion library for fan-out.
const broadcasts = "(*github.com/chanlint/chanlint/runtime/broadcast.Sender[T])."

// LateSubscriptions are the subscriptions of the package that come too late.
//
// Method. A subscription is a call of Subscribe of the companion library, or of
// a function of the package that keeps a new channel in a map or slice and
// returns it; to publish is Send, or a function that sends on the elements of
// that map or slice. In one function, on one object that the function has made,
// everything that publishes comes before the subscription, and each of it is a
// call or a goroutine that publishes no more than a certain number of times.
//
// False positive: a goroutine that waits for something that comes after the
// subscription. False negative: objects that come from elsewhere.
func LateSubscriptions(r *effect.Result) []Late {
	var out []Late
	for _, f := range r.Funcs {
		for op := range f.Ops {
			hub, ok := subscribes(r, op)
			if !ok || r.InLoop(op) || !made(hub) || !listens(r, op) {
				continue
			}
			if pub := publishedBefore(r, f, op, hub); pub != nil {
				out = append(out, Late{Subscribe: op, Publish: pub})
			}
		}
	}
	return out
}

// made reports whether an object is one that its function has made itself.
func made(pl place.Place) bool {
	switch root := pl.Root().(type) {
	case *ssa.Alloc:
		return true
	case *ssa.Extract:
		call, ok := root.Tuple.(*ssa.Call)
		return ok && constructs(call)
	case *ssa.Call:
		return constructs(root)
	}
	return false
}

// constructs reports whether a call is of a function called New.
func constructs(call *ssa.Call) bool {
	fn := call.Call.StaticCallee()
	if fn == nil {
		return false
	}
	if fn.Origin() != nil {
		fn = fn.Origin()
	}
	return len(fn.Name()) >= 3 && (fn.Name()[:3] == "New" || fn.Name()[:3] == "new")
}

// subscribes reports whether op subscribes to something, and to what.
func subscribes(r *effect.Result, op *conc.Op) (place.Place, bool) {
	if op.Kind != conc.Call && op.Kind != conc.Known || len(op.Call.Args) == 0 {
		return place.Place{}, false
	}
	if op.Call.Obj != nil && op.Call.Obj.Name() == "Subscribe" && op.Call.Obj.FullName() == broadcasts+"Subscribe" {
		return op.Call.Args[0], true
	}
	if len(op.Call.Targets) != 1 {
		return place.Place{}, false
	}
	_, ok := registers(r, op.Call.Targets[0].Func)
	return op.Call.Args[0], ok
}

// registers is the map or slice in which f keeps the channel that it makes and
// returns.
func registers(r *effect.Result, f *conc.Func) (place.Join, bool) {
	for _, b := range f.SSA.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok || len(ret.Results) == 0 {
			continue
		}
		made := r.Places.Of(ret.Results[0])
		if made.Kind() != place.Made {
			continue
		}
		for op := range f.Ops {
			if op.Kind == conc.Make && op.Place == made {
				return registry(r, op)
			}
		}
	}
	return place.Join{}, false
}

// registry is the field whose elements include what mk makes.
func registry(r *effect.Result, mk *conc.Op) (place.Join, bool) {
	elem := func(u conc.Use) bool {
		return u.Place().Elem() && slices.Contains(r.Uses(u.Place()).Makes, mk)
	}
	for _, f := range r.Funcs {
		for op := range f.Ops {
			if i := slices.IndexFunc(op.Offers(), elem); i >= 0 {
				return op.Offers()[i].Place().Join(), true
			}
		}
	}
	return place.Join{}, false
}

// listens reports whether what op returns is received from.
func listens(r *effect.Result, op *conc.Op) bool {
	call, ok := op.Instr.(*ssa.Call)
	if !ok {
		return false
	}
	from := func(u conc.Use) bool { return u.Place().Root() == call }
	for _, f := range r.Funcs {
		if f.Root() != op.Fn.Root() {
			continue
		}
		for o := range f.Ops {
			reads := o.Call != nil && len(o.Call.Args) > 0 && o.Call.Args[0].Root() == call && reads(o.Call.Obj)
			if o != op && (reads || slices.ContainsFunc(o.Receives(), from)) {
				return true
			}
		}
	}
	return false
}

// reads reports whether fn is a method that receives.
func reads(fn *types.Func) bool {
	if fn == nil {
		return false
	}
	switch fn.Name() {
	case "Recv", "RecvMany", "TryRecv", "All":
		return true
	}
	return false
}

// publishedBefore is what publishes to hub in front of sub, nil if something
// does so behind it, or may go on for ever, or is not seen.
func publishedBefore(r *effect.Result, f *conc.Func, sub *conc.Op, hub place.Place) *conc.Op {
	var before *conc.Op
	for op := range f.Ops {
		if op == sub || !mentions(op, hub) {
			continue
		}
		switch published := publishes(r, op, hub, deep); {
		case published == never:
		case published == always || !r.Precedes(op, sub):
			return nil
		default:
			before = op
		}
	}
	return before
}

// mentions reports whether op is given hub, or starts or calls a function that
// captures it.
func mentions(op *conc.Op, hub place.Place) bool {
	call := op.Call
	if op.Inner != nil {
		call = op.Inner.Call
	}
	if call == nil {
		return false
	}
	if slices.ContainsFunc(call.Args, func(a place.Place) bool { return !a.IsZero() && place.Siblings(a, hub) }) {
		return true
	}
	return slices.ContainsFunc(call.Targets, func(t conc.Target) bool { return t.Func.Parent != nil })
}

// frequency is how often something publishes.
type frequency uint8

const (
	never  frequency = iota
	often            // a certain number of times
	always           // or at times that are not known
)

// publishes is how often op publishes to hub.
func publishes(r *effect.Result, op *conc.Op, hub place.Place, depth int) frequency {
	if op.Inner != nil {
		op = op.Inner
	}
	if op.Kind != conc.Call && op.Kind != conc.Known {
		return never
	}
	if obj := op.Call.Obj; obj != nil && len(op.Call.Targets) == 0 {
		switch name := obj.FullName(); {
		case name == broadcasts+"Send":
			return often
		case strings.HasPrefix(name, broadcasts) || obj.Pkg() != nil && known.IsStd(obj.Pkg().Path()):
			return never
		}
		return always
	}
	if len(op.Call.Targets) == 0 || depth == 0 {
		return always
	}
	most := never
	for _, t := range op.Call.Targets {
		most = max(most, publishesIn(r, t, hub, depth))
	}
	return most
}

// publishesIn is how often a called or started function publishes to hub.
func publishesIn(r *effect.Result, t conc.Target, hub place.Place, depth int) frequency {
	most := never
	for op := range t.Func.Ops {
		in := t.Enter(hub)
		found := never
		for _, u := range op.Offers() {
			if u.Place().Elem() && !in.IsZero() && place.Siblings(u.Place(), in) {
				found = often
			}
		}
		if !in.IsZero() && mentions(op, in) {
			found = max(found, publishes(r, op, in, depth-1))
		}
		if found == often && op.Kind == conc.Go || found == often && endless(r, op) {
			found = always
		}
		most = max(most, found)
	}
	return most
}

// endless reports whether op is in a loop that is not a range loop over
// something finite.
func endless(r *effect.Result, op *conc.Op) bool {
	if !r.InLoop(op) {
		return false
	}
	for b := op.Fn.Blocks[op.Block].SSA; b != nil; b = b.Idom() {
		if !op.Fn.Reaches(op.Block, b.Index, nil) {
			continue
		}
		switch b.Comment {
		case "for.loop", "for.body", "rangechan.loop":
			return true
		}
	}
	return false
}
