package conc

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

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
	case *ssa.MakeInterface:
		p.give(instr.X)
	case *ssa.Return:
		p.giveResults(instr)
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

// indexSent records a function or channel sent on a channel, for who uses what it
// receives.
func (p *Package) indexSent(ch, v ssa.Value) {
	if v == nil {
		return
	}
	switch v.Type().Underlying().(type) {
	case *types.Signature, *types.Chan:
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
	if isChan(st.Val.Type()) && !p.own(p.Places.Of(st.Addr)) {
		p.give(st.Val)
	}
	p.share(st.Addr, st.Val)
	if call, ok := st.Val.(*ssa.Call); ok && isNewCond(&call.Call) {
		p.addCond(p.Places.Of(st.Addr), call.Call.Args[0])
	}
	if fa, ok := st.Addr.(*ssa.FieldAddr); ok && isCondL(fa) { // c.L = &s.mu
		p.addCond(p.Places.Of(fa.X), st.Val)
	}
}

// indexOps joins the operations of all functions.
func (p *Package) indexOps() {
	for _, f := range p.Funcs {
		for op := range f.Ops {
			p.indexOp(op)
			if op.Inner != nil {
				p.indexOp(op.Inner)
			}
			p.indexCall(op)
		}
	}
	for _, f := range p.Funcs {
		p.indexMakes(f)
	}
}

// A CallTo is an operation that calls a function of the package, starts or
// defers it, and the target that the function is.
type CallTo struct {
	Op     *Op
	Target Target
}

// CallsTo are the calls that may reach f, in the order of the package. A call
// that may reach it in two ways is there twice.
func (p *Package) CallsTo(f *Func) []CallTo { return p.callers[f] }

// CallsOf are the operations that call, start or defer fn by its name, be it a
// function of this package or of another, or a method of an interface.
func (p *Package) CallsOf(fn *types.Func) []*Op { return p.calls[fn] }

func (p *Package) indexCall(op *Op) {
	called := op
	if op.Inner != nil {
		called = op.Inner
	}
	if called.Call == nil {
		return
	}
	if obj := called.Call.Obj; obj != nil {
		p.calls[obj] = append(p.calls[obj], op)
	}
	for _, t := range called.Call.Targets {
		p.callers[t.Func] = append(p.callers[t.Func], CallTo{op, t})
		t.Func.Started = t.Func.Started || op.Kind == Go
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
		if _, started := op.Instr.(*ssa.Go); !started && op.Inner.Kind == Call && !op.Place.IsZero() { // wg.Go
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
