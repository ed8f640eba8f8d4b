package effect

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/lockset"
	"github.com/chanlint/chanlint/internal/place"
)

// InLoop reports whether op may run more than once in a call of its function.
func (r *Result) InLoop(op *conc.Op) bool { return inLoop(op) }

// Foreign reports whether a wait of a function is for room in a channel that
// other packages pass to it, as those do that collect something from many:
// they ask for values, and take them.
func (r *Result) Foreign(f *conc.Func, w Wait) bool {
	if w.Op == nil || w.Op.Kind != conc.Send || f.Root().Obj == nil || !f.Root().Obj.Exported() {
		return false
	}
	ch := w.Into(w.Op.Place)
	return ch.Kind() == place.Param && ch.IsRoot()
}

// Newborn reports whether a wait is on something that a function called on the
// way has made itself: who is at the other end was started for it.
func (r *Result) Newborn(f *conc.Func, w Wait) bool {
	if w.Op == nil {
		return false
	}
	pl := w.Op.Place
	switch w.Op.Kind {
	case conc.Send, conc.Recv:
	case conc.Select:
		pl = awaited(w.Op)
	default:
		return false
	}
	pl = w.Into(pl)
	switch pl.Kind() {
	case place.Local, place.Made, place.Value:
		return !f.Root().Encloses(pl.Root().Parent())
	}
	return false
}

// awaited is the channel of the first case of a select that nothing ends by
// itself.
func awaited(op *conc.Op) place.Place {
	for _, c := range op.Cases {
		if c.Bound == conc.Unbounded {
			return c.Place
		}
	}
	return place.Place{}
}

// Guards reports whether the lock serialises the use of what w does input or
// output on: the connection, or process, is reached from the lock's owner, or
// is being made for it.
func (r *Result) Guards(lock lockset.Held, w Wait) bool {
	if w.Op == nil || w.Op.Call == nil || len(w.Op.Call.Args) == 0 {
		return false
	}
	conn := w.Into(w.Op.Call.Args[0])
	return !conn.IsZero() && (conn.Root() == lock.Lock.Root() || r.becomes(conn.Root(), lock.Lock.Root()))
}

// becomes reports whether v, which the function has made, is stored in a field
// of the object at owner.
func (r *Result) becomes(v, owner ssa.Value) bool {
	if v.Referrers() == nil {
		return false
	}
	return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		st, ok := ref.(*ssa.Store)
		return ok && st.Val == v && r.Places.Of(st.Addr).Root() == owner
	})
}

// Unknown reports whether a wait is for room in a channel of which we know
// nothing: what another function returned, or a message brought.
func (r *Result) Unknown(w Wait) bool {
	if w.Op == nil || w.Op.Kind != conc.Send {
		return false
	}
	ch := w.Into(w.Op.Place)
	return ch.Kind() == place.Value && ch.Join().IsZero()
}

// Handshake reports whether a wait for another goroutine to end, or to
// answer, comes after something that tells it to: a close, a send, a cancel,
// or a call that may do so where we cannot see.
//
// False negative: an unrelated call in front of the wait.
func (r *Result) Handshake(op *conc.Op, w Wait) bool {
	if w.Kind != Recv && w.Kind != Group && w.Kind != Cond {
		return false
	}
	if w.Op == nil {
		return false
	}
	for o := range w.Op.Fn.Ops {
		if o != w.Op && r.tells(o, 4) && before(o, w.Op) {
			return true
		}
	}
	if op == w.Op {
		return false
	}
	for o := range op.Fn.Ops {
		if o != op && r.tells(o, 4) && before(o, op) {
			return true
		}
	}
	return false
}

// Exchange reports whether a wait is a send after which the same function always
// waits for what becomes of it: the lock is held for the whole of that.
func (r *Result) Exchange(w Wait) bool {
	if w.Op == nil || w.Op.Kind != conc.Send {
		return false
	}
	f := w.Op.Fn
	for op := range f.Ops {
		waits := op.Kind == conc.Recv || op.Kind == conc.Wait
		if waits && !op.Range && op.Place != w.Op.Place && before(w.Op, op) && postdominates(f, op.Block, w.Op.Block) {
			return true
		}
	}
	return false
}

// ForReply reports whether a wait is a send on a channel for a reply: it always has
// room for one or two, and nobody in the package receives from it and comes back
// for more. One of a list that is kept is none, unless it brings no value: it tells
// that something has happened, which happens once.
//
// False negative: a subscriber of another package with as much room that is kept
// in a field, or to whom it happens again.
func (r *Result) ForReply(w Wait) bool {
	if w.Op == nil || w.Op.Kind != conc.Send {
		return false
	}
	ch := w.Into(w.Op.Place)
	send, ok := w.Op.Instr.(*ssa.Send)
	event := ok && conc.IsEmptyStruct(send.X.Type())
	if u := (conc.Use{Op: w.Op, Case: -1}); !event && !u.Place().Container().IsZero() && !r.forgets(u) {
		return false
	}
	o := r.Origin(ch)
	small := func(mk *conc.Op) bool {
		n := conc.Const(mk.Size)
		return n == 1 || n == 2
	}
	if o.Open || len(o.Makes) == 0 || slices.ContainsFunc(o.Makes, func(mk *conc.Op) bool { return !small(mk) }) {
		return false
	}
	return !slices.ContainsFunc(r.receivers(o, ch), comesBack)
}

// comesBack reports whether a receiver may receive from the same channel again
// after it has.
func comesBack(u conc.Use) bool {
	f, from := u.Op.Fn, u.Op.Block
	if root, ok := u.Place().Root().(ssa.Instruction); ok && root.Parent() == f.SSA && reaches(f, from, root.Block().Index) {
		return false // it gets a new one in each round
	}
	if u.Case >= 0 {
		if edge, ok := u.Op.CaseEdge(u.Case); ok {
			return edge.To == from || reaches(f, edge.To, from)
		}
	}
	return inLoop(u.Op)
}

// Prompt reports whether a send waits for no more than the receiver's next
// turn: every receiver is known, receives in a loop, and does nothing in that
// function that may block except to receive.
//
// False negative: a receiver that computes for long, or has ended.
//
// A receive is prompt if all that ends it are goroutines and timers that do
// finite work: nothing in them waits for anybody.
func (r *Result) Prompt(w Wait) bool {
	if w.Op == nil || !r.Filled(w.Op.Place) {
		return false
	}
	switch w.Op.Kind {
	case conc.Recv:
		u := r.Uses(w.Op.Place)
		ends := slices.Concat(u.Sends, u.Closes)
		slow := func(u conc.Use) bool { return u.Op.Fn.Parent == nil || !r.finite(u.Op.Fn) }
		return len(ends) > 0 && !slices.ContainsFunc(ends, slow)
	case conc.Send:
		return r.promptSend(w)
	}
	return false
}

func (r *Result) promptSend(w Wait) bool {
	if !r.Closed(w.Op.Place) {
		return false
	}
	recvs := r.Uses(w.Op.Place).Recvs
	for _, u := range recvs {
		if !inLoop(u.Op) || !r.onlyReceives(u.Op.Fn) {
			return false
		}
	}
	return len(recvs) > 0
}

// finite reports whether nothing in f waits for another goroutine. Input and
// output, locks and delays end by themselves.
func (r *Result) finite(f *conc.Func) bool {
	for op := range f.Ops {
		if op.Inner != nil {
			op = op.Inner
		}
		for _, w := range r.Waits(op) {
			if w.Kind != IO && w.Kind != Delay {
				return false
			}
		}
	}
	return true
}

// onlyReceives reports whether nothing in f blocks but receiving, and it calls
// no function value that is not known.
func (r *Result) onlyReceives(f *conc.Func) bool {
	for op := range f.Ops {
		if op.Kind == conc.Defer || op.Kind == conc.Go || op.Kind == conc.Recv {
			continue
		}
		if op.Kind == conc.Select && !slices.ContainsFunc(op.Cases, func(c conc.Case) bool { return c.Send }) {
			continue
		}
		if len(r.Waits(op)) > 0 || len(r.Locks(op)) > 0 {
			return false
		}
		if op.Kind == conc.Call && len(op.Call.Targets) == 0 && op.Call.Obj == nil {
			return false
		}
	}
	return true
}

// tells reports whether op may make another goroutine end or answer.
func (r *Result) tells(op *conc.Op, depth int) bool {
	switch op.Kind {
	case conc.Close, conc.Cancel, conc.Send, conc.Broadcast, conc.Signal:
		return true
	case conc.Select:
		for _, c := range op.Cases {
			if c.Send {
				return true
			}
		}
	case conc.Call, conc.Once:
		return r.callTells(op, depth)
	}
	return false
}

func (r *Result) callTells(op *conc.Op, depth int) bool {
	call := op.Call
	if open(call) {
		return true // SetReadDeadline of a net.Conn, say
	}
	if len(call.Targets) == 0 {
		if call.Obj == nil || op.Kind == conc.Once {
			return true // a function value
		}
		std := call.Obj.Pkg() != nil && known.IsStd(call.Obj.Pkg().Path())
		return call.Obj.Pkg() != r.Types && !std || call.Obj.Name() == "Close"
	}
	if depth == 0 {
		return true
	}
	for _, t := range call.Targets {
		for o := range t.Func.Ops {
			if r.tells(o, depth-1) {
				return true
			}
		}
	}
	return false
}

// open reports whether a call is through an interface that other packages may
// implement: all of its methods are exported.
func open(call *conc.CallSite) bool {
	if !call.Common.IsInvoke() {
		return false
	}
	iface := call.Common.Value.Type().Underlying().(*types.Interface)
	for m := range iface.Methods() {
		if !m.Exported() {
			return false
		}
	}
	return true
}

// OwnWork reports whether a wait is for goroutines that the waiting function
// started itself: its work is done in parallel, and takes as long as it would
// without them.
func (r *Result) OwnWork(w Wait) bool {
	if w.Op == nil {
		return false
	}
	switch w.Op.Kind {
	case conc.Wait:
		for _, u := range r.Uses(w.Op.Place).Adds {
			if u.Op.Fn.Root() == w.Op.Fn.Root() {
				return true
			}
		}
	case conc.Recv:
		return r.sentByOwn(w.Op)
	case conc.Known:
		return startsWork(w.Op.Fn) // errgroup.Group.Wait and its like
	}
	return false
}

// sentByOwn reports whether a channel made in the function is sent to by
// literals of the same function only.
func (r *Result) sentByOwn(op *conc.Op) bool {
	if k := op.Place.Kind(); k != place.Made && k != place.Local {
		return false
	}
	u := r.Uses(op.Place)
	for _, s := range append(u.Sends, u.Closes...) {
		if s.Op.Fn.Root() != op.Fn.Root() {
			return false
		}
	}
	return len(u.Sends)+len(u.Closes) > 0
}

func startsWork(f *conc.Func) bool {
	for op := range f.Root().Ops {
		if op.Kind == conc.Go {
			return true
		}
	}
	return false
}

// ServerError reports whether what op sends is an error of a server other than the
// one that it returns once it has been shut down, and f, which may leave without
// receiving, shuts a server down: nothing is sent then.
//
// False negative: a server that fails while it is shut down.
func (r *Result) ServerError(op *conc.Op, f *conc.Func) bool {
	at := op.Fn.SSA.Blocks[op.Block]
	for b := at.Idom(); b != nil; b = b.Idom() {
		br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		if is, ok := asksShutdown(br.Cond); ok {
			other := b.Succs[0]
			if is {
				other = b.Succs[1]
			}
			return other.Dominates(at) && shutsDown(f)
		}
	}
	return false
}

// asksShutdown reports whether cond compares an error with the one of a server that
// was shut down, and whether it is true if it is the one.
func asksShutdown(cond ssa.Value) (is, ok bool) {
	switch cond := cond.(type) {
	case *ssa.BinOp:
		return cond.Op == token.EQL, isShutdown(cond.X) || isShutdown(cond.Y)
	case *ssa.Call:
		fn := conc.Callee(&cond.Call)
		return true, fn != nil && fn.FullName() == "errors.Is" && isShutdown(cond.Call.Args[1])
	}
	return false, false
}

func isShutdown(v ssa.Value) bool {
	load, ok := v.(*ssa.UnOp)
	if !ok {
		return false
	}
	g, ok := load.X.(*ssa.Global)
	return ok && known.IsShutdown(g.Pkg.Pkg.Path()+"."+g.Name())
}

// shutsDown reports whether f, or a literal in it, shuts a server down.
func shutsDown(f *conc.Func) bool {
	for instr := range f.Instrs {
		if call, ok := instr.(ssa.CallInstruction); ok {
			if fn := conc.Callee(call.Common()); fn != nil && known.ShutsDown(fn.FullName()) {
				return true
			}
		}
	}
	return slices.ContainsFunc(f.Anons, shutsDown)
}
