package conc

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// Uses are the operations of the package on one channel, wait group or
// condition variable, joined over functions.
type Uses struct {
	Makes  []*Op
	Sends  []Use
	Recvs  []Use
	Closes []Use
	Adds   []Use
	Dones  []Use
	Waits  []Use
	Wakes  []Use // Signal and Broadcast
}

// A Use is an operation, and which of its cases it is if it is a select.
type Use struct {
	Op   *Op
	Case int // -1 if the operation is not a select
}

// Place is the place that is used.
func (u Use) Place() place.Place {
	if u.Case >= 0 {
		return u.Op.Cases[u.Case].Place
	}
	return u.Op.Place
}

// Uses returns the operations on what pl denotes, over the whole package. It
// is empty if pl cannot be followed.
func (p *Package) Uses(pl place.Place) *Uses {
	if u := p.uses[pl.Join()]; u != nil {
		return u
	}
	return &Uses{}
}

// Closed reports whether every use of what pl denotes is in the package and
// was seen: a local, or an unexported field or variable, that is not passed
// on to where it cannot be followed.
func (p *Package) Closed(pl place.Place) bool {
	j := pl.Join()
	if j.IsZero() || p.escapes[j] || p.lent[j] {
		return false
	}
	return p.own(pl)
}

// Filled reports whether every send to and close of the channel at pl is in
// the package and was seen.
func (p *Package) Filled(pl place.Place) bool {
	j := pl.Join()
	return !j.IsZero() && !p.escapes[j] && p.own(pl)
}

// own reports whether other packages cannot name what pl denotes.
func (p *Package) own(pl place.Place) bool {
	j := pl.Join()
	if f := j.Field(); f != nil {
		return f.Pkg() == p.Types && !f.Exported()
	}
	if g, ok := pl.Root().(*ssa.Global); ok {
		return g.Pkg.Pkg == p.Types && !g.Object().Exported()
	}
	return true
}

// condLock is the lock that the condition variable at pl is made with, zero if
// it is not known.
func (p *Package) condLock(pl place.Place) place.Place {
	c, ok := p.conds[pl.Join()]
	if !ok {
		return place.Place{}
	}
	return pl.Follow(c.cond, c.lock)
}

// CondLocks are the names of the lock that a wait on a condition variable
// releases: its L, and the lock that it was made with if that is known.
func (p *Package) CondLocks(op *Op) []place.Place {
	var locks []place.Place
	if l := condL(op); l != nil {
		locks = append(locks, op.Place.Select(l))
	}
	if lock := p.condLock(op.Place); !lock.IsZero() {
		locks = append(locks, lock)
	}
	return locks
}

// condL is the field L of sync.Cond.
func condL(op *Op) *types.Var {
	sig := op.Call.Obj.Signature()
	ptr, ok := sig.Recv().Type().(*types.Pointer)
	if !ok {
		return nil
	}
	st, ok := ptr.Elem().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for f := range st.Fields() {
		if f.Name() == "L" {
			return f
		}
	}
	return nil
}

// MinCap is the least capacity with which the channel at pl is made, and
// whether all makes are seen. Capacities that are not constant count as zero.
func (p *Package) MinCap(pl place.Place) (n int64, ok bool) {
	u := p.Uses(pl)
	if len(u.Makes) == 0 {
		return 0, false
	}
	n = -1
	for _, mk := range u.Makes {
		c := p.Cap(mk.Size)
		if n < 0 || c < n {
			n = c
		}
	}
	return max(n, 0), p.Closed(pl)
}

// Cap is the capacity that size stands for: a constant, or a variable that
// starts as one; -1 if it is not known.
func (p *Package) Cap(size ssa.Value) int64 {
	if load, ok := size.(*ssa.UnOp); ok {
		if g, ok := load.X.(*ssa.Global); ok {
			if n, ok := p.initial[g.Object()]; ok {
				return n
			}
		}
	}
	return Const(size)
}

// Const is the value of an integer constant, -1 for anything else.
func Const(v ssa.Value) int64 {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return -1
	}
	return c.Int64()
}

// index records what is stored in fields and variables, before lowering.
func (p *Package) index() {
	for _, f := range p.Funcs {
		for _, b := range f.SSA.Blocks {
			for _, instr := range b.Instrs {
				p.indexInstr(instr)
			}
		}
	}
}

func (p *Package) indexInstr(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Store:
		p.indexStore(instr)
	case *ssa.Send:
		p.indexSent(instr.Chan, instr.X)
	case *ssa.Select:
		for _, st := range instr.States {
			p.indexSent(st.Chan, st.Send)
		}
	case *ssa.Call:
		p.indexArgs(&instr.Call)
	case *ssa.Go:
		p.indexArgs(&instr.Call)
	case *ssa.Defer:
		p.indexArgs(&instr.Call)
	case *ssa.MakeClosure:
		p.markValue(instr.Fn.(*ssa.Function))
	case *ssa.Return:
		for _, v := range instr.Results {
			p.giveAway(v)
		}
	case *ssa.MapUpdate:
		p.shareElem(instr.Value)
	}
	for _, op := range instr.Operands(nil) {
		if fn, ok := (*op).(*ssa.Function); ok && !isCallee(instr, fn) {
			if f := p.Func(fn); f != nil {
				f.AsValue = true
			}
		}
	}
}

// indexSent records a function sent on a channel, for who calls what it
// receives.
func (p *Package) indexSent(ch, v ssa.Value) {
	if v == nil {
		return
	}
	if _, ok := v.Type().Underlying().(*types.Signature); ok {
		j := p.Places.Of(ch).Join()
		p.sent[j] = append(p.sent[j], v)
	}
}

// isCallee reports whether instr does nothing with fn but call it, or make
// the closure that is then seen on its own.
func isCallee(instr ssa.Instruction, fn *ssa.Function) bool {
	if _, ok := instr.(*ssa.MakeClosure); ok {
		return true
	}
	call, ok := instr.(ssa.CallInstruction)
	if !ok || call.Common().Value != fn {
		return false
	}
	for _, a := range call.Common().Args {
		if a == fn {
			return false
		}
	}
	return true
}

// markValue records that a method is used as a value when it is bound to its
// receiver.
func (p *Package) markValue(wrapper *ssa.Function) {
	obj, ok := wrapper.Object().(*types.Func)
	if !ok || wrapper.Synthetic == "" || types.IsInterface(obj.Signature().Recv().Type()) {
		return
	}
	if f := p.Func(wrapper.Prog.FuncValue(obj.Origin())); f != nil {
		f.AsValue = true
	}
}

// giveAway records that the channel v goes to where it is not followed.
func (p *Package) giveAway(v ssa.Value) {
	if !isChan(v.Type()) {
		return
	}
	j := p.Places.Of(v).Join()
	if v.Type().Underlying().(*types.Chan).Dir() == types.RecvOnly {
		p.lent[j] = true
	} else {
		p.escapes[j] = true
	}
}

// share records that a field or variable holds a channel that has another name
// as well, so that neither tells all of its uses: a parameter, another field,
// a local that is used for more than to fill the field.
func (p *Package) share(addr, v ssa.Value) {
	if !isChan(v.Type()) {
		return
	}
	pl := p.Places.Of(v)
	if pl.IsZero() || pl.Kind() == place.Made && pl.IsRoot() && uses(pl.Root()) == 1 {
		return
	}
	if _, ok := addr.(*ssa.Alloc); ok {
		return // a variable: its place is that of the value
	}
	p.giveAway(v)
	if j := p.Places.Of(addr).Join(); !j.IsZero() && pl.Kind() != place.Made {
		p.escapes[j] = true
	}
}

// shareElem is share for an element of a map.
func (p *Package) shareElem(v ssa.Value) {
	if pl := p.Places.Of(v); !pl.IsZero() && pl.Kind() != place.Made {
		p.giveAway(v)
	}
}

// uses counts the instructions that mention v.
func uses(v ssa.Value) int {
	if v.Referrers() == nil {
		return 0
	}
	return len(*v.Referrers())
}

// indexStore records functions and condition variables kept in fields and
// package-level variables.
func (p *Package) indexStore(st *ssa.Store) {
	var obj *types.Var
	switch addr := st.Addr.(type) {
	case *ssa.FieldAddr:
		obj = fieldVar(addr.X.Type(), addr.Field)
	case *ssa.Global:
		obj, _ = addr.Object().(*types.Var)
	}
	if obj != nil {
		if _, ok := obj.Type().Underlying().(*types.Signature); ok {
			s := stored{val: st.Val}
			if fa, ok := st.Addr.(*ssa.FieldAddr); ok {
				s.owner = p.Places.Of(fa.X)
			}
			p.stores[obj] = append(p.stores[obj], s)
		}
	}
	p.share(st.Addr, st.Val)
	if call, ok := st.Val.(*ssa.Call); ok && isNewCond(&call.Call) {
		p.addCond(p.Places.Of(st.Addr), call.Call.Args[0])
	}
	if fa, ok := st.Addr.(*ssa.FieldAddr); ok && isCondL(fa) { // c.L = &s.mu
		p.addCond(p.Places.Of(fa.X), st.Val)
	}
}

func (p *Package) addCond(cond place.Place, lock ssa.Value) {
	if mi, ok := lock.(*ssa.MakeInterface); ok {
		lock = mi.X
	}
	pl := p.Places.Of(lock)
	if call, ok := lock.(*ssa.Call); ok && isRLocker(&call.Call) {
		pl = p.Places.Of(call.Call.Args[0])
	}
	p.conds[cond.Join()] = condLock{cond, pl}
}

func isNewCond(call *ssa.CallCommon) bool {
	fn := call.StaticCallee()
	if fn == nil {
		return false
	}
	obj, ok := fn.Object().(*types.Func)
	return ok && known.OpOf(obj.FullName()) == known.NewCond
}

func isCondL(fa *ssa.FieldAddr) bool {
	f := fieldVar(fa.X.Type(), fa.Field)
	return f != nil && f.Name() == "L" && f.Pkg() != nil && f.Pkg().Path() == "sync"
}

// indexArgs records which channels are passed to functions that are not
// followed. Wait groups and locks that are passed on by address count too.
func (p *Package) indexArgs(call *ssa.CallCommon) {
	if _, ok := call.Value.(*ssa.Builtin); ok {
		return
	}
	if fn := call.StaticCallee(); fn != nil {
		if obj, ok := fn.Object().(*types.Func); ok && known.OpOf(obj.Origin().FullName()) != known.NoOp {
			return
		}
	}
	for _, a := range call.Args {
		if passesOn(a.Type()) {
			p.escapes[p.Places.Of(a).Join()] = true
		}
	}
}

// passesOn reports whether a value of type t lets its receiver use a channel
// or wait group that belongs to the caller.
func passesOn(t types.Type) bool {
	if isChan(t) {
		return true
	}
	ptr, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	if isChan(ptr.Elem()) {
		return true
	}
	named, ok := types.Unalias(ptr.Elem()).(*types.Named)
	return ok && named.Obj().Pkg() != nil && named.Obj().Pkg().Path() == "sync"
}

// indexOps joins the operations of all functions.
func (p *Package) indexOps() {
	for _, f := range p.Funcs {
		for op := range f.Ops {
			p.indexOp(op)
			if op.Inner != nil {
				p.indexOp(op.Inner)
			}
			if op.Kind == Go && op.Inner.Call != nil {
				for _, t := range op.Inner.Call.Targets {
					t.Func.Started = true
				}
			}
		}
	}
	for _, f := range p.Funcs {
		p.indexMakes(f)
	}
}

func (p *Package) indexOp(op *Op) {
	if op.Kind == Select {
		for i, c := range op.Cases {
			if u := p.joined(c.Place); u != nil && c.Send {
				u.Sends = append(u.Sends, Use{op, i})
			} else if u != nil {
				u.Recvs = append(u.Recvs, Use{op, i})
			}
		}
		return
	}
	u := p.joined(op.Place)
	if u == nil {
		return
	}
	use := Use{op, -1}
	switch op.Kind {
	case Send:
		u.Sends = append(u.Sends, use)
	case Recv:
		u.Recvs = append(u.Recvs, use)
	case Close:
		u.Closes = append(u.Closes, use)
	case Add:
		u.Adds = append(u.Adds, use)
	case Done:
		u.Dones = append(u.Dones, use)
	case Wait:
		u.Waits = append(u.Waits, use)
	case Signal, Broadcast:
		u.Wakes = append(u.Wakes, use)
	case Go:
		if op.Inner.Kind == Call && !op.Place.IsZero() { // wg.Go
			u.Dones = append(u.Dones, use)
		}
	}
}

// joined is the entry for pl, nil if pl cannot be followed.
func (p *Package) joined(pl place.Place) *Uses {
	j := pl.Join()
	if j.IsZero() {
		return nil
	}
	u := p.uses[j]
	if u == nil {
		u = new(Uses)
		p.uses[j] = u
	}
	return u
}

// indexMakes joins each make of a channel with where the channel is put.
func (p *Package) indexMakes(f *Func) {
	for op := range f.Ops {
		if op.Kind != Make {
			continue
		}
		mc := op.Instr.(*ssa.MakeChan)
		if u := p.joined(op.Place); u != nil {
			u.Makes = append(u.Makes, op)
		}
		p.followMake(op, mc, 3)
	}
}

// followMake records op as a make of every field and variable that v is
// stored to, and that the channel escapes if it is passed on.
func (p *Package) followMake(op *Op, v ssa.Value, depth int) {
	if v.Referrers() == nil || depth == 0 {
		return
	}
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ia, ok := ref.Addr.(*ssa.IndexAddr); ok && ref.Val == v {
				p.followElem(op, ia.X, ia.Index, depth)
			} else if ref.Val == v {
				p.addMake(op, p.Places.Of(ref.Addr))
				p.followLoads(op, ref.Addr, depth)
			}
		case *ssa.MapUpdate:
			if ref.Value == v {
				p.addMake(op, p.Places.Of(ref.Map).Index(ref.Key))
			}
		case *ssa.ChangeType:
			p.followMake(op, ref, depth-1)
		case *ssa.Phi:
			p.followMake(op, ref, depth-1)
		}
	}
}

// followLoads follows a channel through a local variable that it is kept in.
func (p *Package) followLoads(op *Op, addr ssa.Value, depth int) {
	alloc, ok := addr.(*ssa.Alloc)
	if !ok {
		return
	}
	for _, ref := range *alloc.Referrers() {
		if load, ok := ref.(*ssa.UnOp); ok {
			p.followMake(op, load, depth-1)
		}
	}
}

// followElem records op as a make of the elements of every field and variable
// that the slice or array v gets to, by append too.
func (p *Package) followElem(op *Op, v, index ssa.Value, depth int) {
	if v.Referrers() == nil || depth == 0 {
		return
	}
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Slice:
			p.followElem(op, ref, index, depth)
		case *ssa.Phi:
			p.followElem(op, ref, index, depth-1)
		case *ssa.Call:
			if b, ok := ref.Call.Value.(*ssa.Builtin); ok && b.Name() == "append" {
				p.followElem(op, ref, index, depth-1)
			}
		case *ssa.Store:
			if ref.Val == v {
				p.addMake(op, p.Places.Of(ref.Addr).Index(index))
			}
		}
	}
}

func (p *Package) addMake(op *Op, pl place.Place) {
	if u := p.joined(pl); u != nil {
		u.Makes = append(u.Makes, op)
	}
}
