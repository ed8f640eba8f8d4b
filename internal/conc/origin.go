package conc

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/place"
)

// An Origin is where the channels come from that a place holds: everything in
// the package that may be kept there, through fields, variables, parameters and
// results of its functions, and channels.
type Origin struct {
	Makes []*Op // each once
	Open  bool  // some may come from other packages, or from where it is not known
	Given bool  // other packages may have got one of them to receive from
}

// Meets reports whether a channel of o may be one of other.
func (o Origin) Meets(other Origin) bool {
	return slices.ContainsFunc(o.Makes, func(mk *Op) bool { return slices.Contains(other.Makes, mk) })
}

// Origin finds the origin of the channels at pl.
//
// False negative: Given, for a channel that is kept in two fields and given away
// by way of the one that pl is not.
func (p *Package) Origin(pl place.Place) Origin {
	t := tracer{p: p, seen: make(map[any]bool)}
	t.place(pl)
	return t.o
}

// tracer follows channels back to where they are made.
type tracer struct {
	p     *Package
	seen  map[any]bool // places, joins, values and results
	calls int          // see lent
	o     Origin
}

func (t *tracer) enter(key any) bool {
	if t.seen[key] {
		return false
	}
	t.seen[key] = true
	return true
}

func (t *tracer) place(pl place.Place) {
	if pl.IsZero() {
		t.o.Open = true
		return
	}
	if !t.enter(pl) {
		return
	}
	if pl.IsRoot() {
		t.root(pl)
		return
	}
	j := pl.Join()
	if j.IsZero() && pl.Kind() == place.Param && t.lent(pl) {
		return
	}
	if j.IsZero() || !t.p.own(pl) {
		t.o.Open = true
		return
	}
	t.o.Given = t.o.Given || t.p.given[j]
	if !t.enter(j) {
		return
	}
	makes := t.p.Uses(pl).Makes
	t.makes(makes)
	held := t.p.Held(j)
	t.values(held)
	if len(makes)+len(held) == 0 {
		t.o.Open = true
	}
}

// root follows a variable, a parameter or a value.
func (t *tracer) root(pl place.Place) {
	j := pl.Join()
	t.o.Given = t.o.Given || !j.IsZero() && t.p.given[j]
	switch v := pl.Root().(type) {
	case *ssa.Parameter:
		t.param(v)
	case *ssa.Global:
		t.o.Open = t.o.Open || !t.p.own(pl)
		t.values(t.p.Held(j))
	case *ssa.MakeChan:
		t.makes(t.p.Uses(pl).Makes)
	case *ssa.Alloc:
		t.makes(t.p.Uses(pl).Makes)
		t.values(t.p.Places.Stored(v))
	default:
		t.value(v)
	}
}

func (t *tracer) makes(makes []*Op) {
	for _, mk := range makes {
		if slices.Contains(t.o.Makes, mk) {
			continue
		}
		t.o.Makes = append(t.o.Makes, mk)
		t.o.Given = t.o.Given || t.p.given[t.p.Places.Of(mk.Instr.(*ssa.MakeChan)).Join()]
	}
}

func (t *tracer) values(vals []ssa.Value) {
	for _, v := range vals {
		t.value(v)
	}
}

// value follows what v evaluates to. What is nil comes from nowhere.
func (t *tracer) value(v ssa.Value) {
	switch v := v.(type) {
	case *ssa.Const:
		return
	case *ssa.Phi:
		if t.enter(v) {
			t.values(v.Edges)
		}
		return
	case *ssa.ChangeType:
		t.value(v.X)
		return
	case *ssa.Call:
		t.result(v, 0)
		return
	case *ssa.Extract:
		if call, ok := v.Tuple.(*ssa.Call); ok {
			t.result(call, v.Index)
			return
		}
	}
	if ch := receivedFrom(v); ch != nil {
		vals, ok := t.p.received(ch)
		t.o.Open = t.o.Open || !ok
		if t.enter(ch) {
			t.values(vals)
		}
		return
	}
	if pl := t.p.Places.Of(v); !pl.IsZero() && (!pl.IsRoot() || pl.Root() != v || pl.Kind() != place.Value) {
		t.place(pl)
		return
	}
	t.o.Open = true
}

// result follows what a function of the package returns.
func (t *tracer) result(call *ssa.Call, i int) {
	type resultOf struct {
		fn *ssa.Function
		i  int
	}
	fn := call.Call.StaticCallee()
	f := t.p.Func(fn)
	if f == nil {
		t.o.Open = true
		return
	}
	if !t.enter(resultOf{fn, i}) {
		return
	}
	for _, b := range f.SSA.Blocks {
		if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && i < len(ret.Results) {
			t.value(ret.Results[i])
		}
	}
}

// param follows what the callers of a function pass. Other packages call what
// is exported, and what nobody calls is for them, or for tests.
func (t *tracer) param(param *ssa.Parameter) {
	f := t.p.Func(param.Parent())
	if f == nil || f.AsValue || f.Obj != nil && f.Obj.Exported() {
		t.o.Open = true
		return
	}
	args, ok := t.p.Passed(param)
	if !ok || len(args) == 0 {
		t.o.Open = true
		return
	}
	t.values(args)
}

// lent follows what a parameter leads to, such as an element of a list whose
// address is passed, to the callers of the function. It fails if they are not all
// seen, or do not say where that is.
func (t *tracer) lent(pl place.Place) bool {
	param, ok := pl.Root().(*ssa.Parameter)
	if !ok {
		return false
	}
	f := t.p.Func(param.Parent())
	if f == nil || f.AsValue || f.Obj != nil && f.Obj.Exported() || t.calls > mostCalls {
		return false
	}
	t.calls++
	calls := t.p.CallsTo(f)
	for _, c := range calls {
		to := c.Target.Into(pl)
		if c.Target.Via != Static || to.IsZero() {
			return false
		}
		t.place(to)
	}
	return len(calls) > 0
}

// mostCalls is how many functions are gone back from by what is lent to them. A
// function that calls itself may lend another thing each time.
const mostCalls = 8

// Passed are the arguments that the package passes for param. It fails if they
// are not all seen.
func (p *Package) Passed(param *ssa.Parameter) (args []ssa.Value, ok bool) {
	f := p.Func(param.Parent())
	if f == nil {
		return nil, false
	}
	i := slices.Index(f.SSA.Params, param)
	for _, c := range p.CallsTo(f) {
		call, ok := c.Op.Instr.(ssa.CallInstruction)
		if !ok || c.Target.Via != Static || i >= len(call.Common().Args) || call.Common().IsInvoke() {
			return nil, false
		}
		args = append(args, call.Common().Args[i])
	}
	return args, true
}

// Held are the values that the package assigns to the fields, variables and
// elements of j. Of what is appended to a list, that is what the call names.
func (p *Package) Held(j place.Join) []ssa.Value {
	p.holding.Do(func() {
		p.held = make(map[place.Join][]ssa.Value)
		for _, f := range p.Funcs {
			for instr := range f.Instrs {
				p.hold(instr)
			}
		}
	})
	return p.held[j]
}

func (p *Package) hold(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Store:
		to := p.Places.Of(instr.Addr)
		p.held[to.Join()] = append(p.held[to.Join()], instr.Val)
		p.holdAppended(to, instr.Val)
	case *ssa.MapUpdate:
		to := p.Places.Of(instr.Map).Index(instr.Key)
		for _, v := range []ssa.Value{instr.Key, instr.Value} {
			if isChan(v.Type()) {
				p.held[to.Join()] = append(p.held[to.Join()], v)
			}
		}
		p.holdAppended(to, instr.Value)
	}
}

// holdAppended records what v appends as elements of the list at to, if v is a
// call of append.
func (p *Package) holdAppended(to place.Place, v ssa.Value) {
	call, ok := v.(*ssa.Call)
	if !ok || to.IsZero() {
		return
	}
	if b, ok := call.Call.Value.(*ssa.Builtin); !ok || b.Name() != "append" {
		return
	}
	list, ok := call.Call.Args[1].(*ssa.Slice)
	if !ok || list.X.Referrers() == nil {
		return
	}
	elem := to.Index(list).Join()
	for _, ref := range *list.X.Referrers() {
		at, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, ref := range *at.Referrers() {
			if st, ok := ref.(*ssa.Store); ok && st.Addr == at && isChan(st.Val.Type()) {
				p.held[elem] = append(p.held[elem], st.Val)
			}
		}
	}
}

// give records that other packages may receive from the channel v.
func (p *Package) give(v ssa.Value) {
	if isChan(v.Type()) && v.Type().Underlying().(*types.Chan).Dir() != types.SendOnly {
		p.giveFrom(v, 3)
	}
}

// giveFrom is give for v and, as many calls deep, what it is the result of.
func (p *Package) giveFrom(v ssa.Value, depth int) {
	if j := p.Places.Of(v).Join(); !j.IsZero() {
		p.given[j] = true
		return
	}
	call, i := v, 0
	if ext, ok := v.(*ssa.Extract); ok {
		call, i = ext.Tuple, ext.Index
	}
	if c, ok := call.(*ssa.Call); ok && c.Call.StaticCallee() != nil && depth > 0 {
		for _, b := range c.Call.StaticCallee().Blocks {
			if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok && i < len(ret.Results) {
				p.giveFrom(ret.Results[i], depth-1)
			}
		}
	}
}

// giveArgs records the channels that a call passes to a function of another
// package, or to one that is not known.
func (p *Package) giveArgs(call *ssa.CallCommon) {
	fn := call.StaticCallee()
	if _, ok := call.Value.(*ssa.Builtin); ok || fn != nil && fn.Pkg != nil && fn.Pkg.Pkg == p.Types {
		return
	}
	for _, a := range call.Args {
		p.give(a)
	}
}

// giveResults records the channels that a function returns to other packages, or
// that a literal does.
func (p *Package) giveResults(ret *ssa.Return) {
	f := p.Func(ret.Parent())
	for _, v := range ret.Results {
		ch, ok := v.Type().Underlying().(*types.Chan)
		if ok && (ch.Dir() == types.RecvOnly || f == nil || f.Obj == nil || f.Obj.Exported()) {
			p.give(v)
		}
	}
}
