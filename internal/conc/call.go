package conc

import (
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// site resolves a call.
func (p *Package) site(op *Op, call *ssa.CallCommon) *CallSite {
	s := &CallSite{Common: call, Obj: Callee(call)}
	args := call.Args
	if call.IsInvoke() {
		args = append([]ssa.Value{call.Value}, call.Args...)
		s.Targets = p.Implementations(call)
	} else {
		fn := call.StaticCallee()
		if fn != nil && strings.HasPrefix(fn.Synthetic, "bound method wrapper") {
			if mc, ok := call.Value.(*ssa.MakeClosure); ok {
				args = append([]ssa.Value{mc.Bindings[0]}, call.Args...)
			}
		}
		s.Param, _ = p.Places.Of(call.Value).Root().(*ssa.Parameter)
		if s.Param != nil && !p.Places.Of(call.Value).IsRoot() {
			s.Param = nil
		}
		s.Targets = p.Resolve(call.Value, args)
	}
	for _, a := range args {
		s.Args = append(s.Args, p.Places.Of(a))
	}
	if s.Obj == nil {
		if obj, recv := p.boundOp(call.Value, 4); obj != nil && obj.Pkg() != p.Types {
			s.Obj, s.Args = obj, append([]place.Place{recv}, s.Args...)
		}
	}
	s.Name = callName(op.Node, s.Obj)
	return s
}

// boundOp finds the method of another package that a call through a method
// value reaches, and its receiver: s.mu.Unlock, returned by a function of the
// package or kept in a variable. The method is nil if the call is of anything
// else.
func (p *Package) boundOp(v ssa.Value, depth int) (*types.Func, place.Place) {
	if depth == 0 {
		return nil, place.Place{}
	}
	switch v := v.(type) {
	case *ssa.MakeClosure:
		fn := v.Fn.(*ssa.Function)
		if obj, ok := fn.Object().(*types.Func); ok && strings.HasPrefix(fn.Synthetic, "bound method wrapper") {
			return obj.Origin(), p.Places.Of(v.Bindings[0])
		}
	case *ssa.UnOp:
		if vals := p.Places.Stored(v.X); len(vals) == 1 {
			return p.boundOp(vals[0], depth-1)
		}
	case *ssa.Call, *ssa.Extract:
		call, i := resultOf(v)
		if call == nil {
			break
		}
		f := p.Func(call.Call.StaticCallee())
		if f == nil {
			break
		}
		for _, b := range f.SSA.Blocks {
			if ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return); ok {
				obj, recv := p.boundOp(ret.Results[i], depth-1)
				t := Target{Func: f, subst: p.substitute(f, call.Call.Args)}
				return obj, t.Into(recv)
			}
		}
	}
	return nil, place.Place{}
}

// resultOf is the call that v is a result of, and which; nil if v is no result.
func resultOf(v ssa.Value) (call *ssa.Call, i int) {
	if ext, ok := v.(*ssa.Extract); ok {
		v, i = ext.Tuple, ext.Index
	}
	call, _ = v.(*ssa.Call)
	return call, i
}

// ArgTargets are the functions of the package that argument i of a call may
// be, counting the receiver of a method that is called by name.
func (p *Package) ArgTargets(call *CallSite, i int) []Target {
	if i >= len(call.Common.Args) {
		return nil
	}
	return p.Resolve(call.Common.Args[i], nil)
}

// Callee is the declared function or method that call names, nil for a function
// value and for a builtin.
func Callee(call *ssa.CallCommon) *types.Func {
	if call.IsInvoke() {
		return call.Method.Origin()
	}
	if fn := call.StaticCallee(); fn != nil {
		if obj, ok := fn.Object().(*types.Func); ok {
			return obj.Origin()
		}
	}
	return nil
}

// Resolve returns the functions of the package that the function value v may
// be, with args, if known, for its parameters. It is empty if v may also be a
// function that is not known.
func (p *Package) Resolve(v ssa.Value, args []ssa.Value) []Target {
	r := resolution{p: p, args: args}
	if v == nil || !r.add(v, Static, nil, 6) {
		return nil
	}
	return r.targets
}

// resolution collects the targets of one call.
type resolution struct {
	p       *Package
	args    []ssa.Value
	targets []Target
}

// add adds what v may be. subst translates parameters of functions that v
// passed through on its way here. It is false if v may be anything.
func (r *resolution) add(v ssa.Value, via Via, subst map[ssa.Value]place.Place, depth int) bool {
	if depth == 0 {
		return false
	}
	switch v := v.(type) {
	case *ssa.Const:
		return v.IsNil()
	case *ssa.Function:
		return r.function(v, via, subst)
	case *ssa.MakeClosure:
		fn := v.Fn.(*ssa.Function)
		if strings.HasPrefix(fn.Synthetic, "bound method wrapper") {
			return r.bound(fn, v.Bindings[0], via, subst)
		}
		return r.function(fn, via, subst)
	case *ssa.ChangeType:
		return r.add(v.X, via, subst, depth)
	case *ssa.Phi:
		return r.all(v.Edges, Callback, subst, depth)
	case *ssa.FreeVar:
		if b := r.p.Places.Binding(v); b != nil {
			return r.add(b, via, subst, depth-1)
		}
	case *ssa.UnOp:
		if v.Op == token.ARROW {
			return r.received(v, depth)
		}
		return r.load(v, via, subst, depth)
	case *ssa.Extract:
		if call, i := resultOf(v); call != nil {
			return r.returned(call, i, via, depth)
		}
		return r.received(v, depth)
	case *ssa.Field:
		return r.kept(fieldVar(v.X.Type(), v.Field), r.p.Places.Of(v.X), depth)
	case *ssa.Call:
		return r.returned(v, 0, via, depth)
	}
	return false
}

// load resolves a function read from a variable or field.
func (r *resolution) load(v *ssa.UnOp, via Via, subst map[ssa.Value]place.Place, depth int) bool {
	switch addr := v.X.(type) {
	case *ssa.FieldAddr:
		return r.kept(fieldVar(addr.X.Type(), addr.Field), r.p.Places.Of(addr.X), depth)
	case *ssa.Global:
		if obj, ok := addr.Object().(*types.Var); ok {
			return r.kept(obj, place.Place{}, depth)
		}
	}
	vals := r.p.Places.Stored(v.X)
	if len(vals) > 1 {
		via = Callback
	}
	return r.all(vals, via, subst, depth)
}

// received resolves a function that was received: one of those that the package
// sends on that channel, if no other package can.
func (r *resolution) received(v ssa.Value, depth int) bool {
	ch := receivedFrom(v)
	if ch == nil {
		return false
	}
	vals, ok := r.p.received(ch)
	return ok && r.all(vals, Callback, nil, depth)
}

// receivedFrom is the channel that v was received from, perhaps with ok or in a
// select; nil if v is no such value.
func receivedFrom(v ssa.Value) ssa.Value {
	n := 0
	if ext, ok := v.(*ssa.Extract); ok {
		v, n = ext.Tuple, ext.Index
	}
	switch v := v.(type) {
	case *ssa.UnOp:
		if v.Op == token.ARROW && n == 0 {
			return v.X
		}
	case *ssa.Select:
		n -= 2 // after the index and ok come the values of the receives
		for _, st := range v.States {
			if st.Dir != types.RecvOnly {
				continue
			}
			if n == 0 {
				return st.Chan
			}
			n--
		}
	}
	return nil
}

// received is what may have been received from ch: what the package sends on it.
// It is not ok if other packages may send, too.
func (p *Package) received(ch ssa.Value) (vals []ssa.Value, ok bool) {
	pl := p.Places.Of(ch)
	vals = p.sent[pl.Join()]
	return vals, p.Closed(pl) && len(vals) > 0
}

// kept resolves a function kept in a field of the object at owner, or in a
// package-level variable. What the function captured of the object that it was
// stored in is the object that it is called through; what else it captured is
// known to be the same only if that object is.
func (r *resolution) kept(field *types.Var, owner place.Place, depth int) bool {
	vals := r.p.stores[field]
	if len(vals) == 0 || len(vals) > 8 || field.Exported() {
		return false
	}
	for _, s := range vals {
		var subst map[ssa.Value]place.Place
		if s.owner.IsRoot() && !s.owner.IsZero() && !owner.IsZero() {
			subst = map[ssa.Value]place.Place{s.owner.Root(): owner}
		}
		n := len(r.targets)
		if !r.add(s.val, Callback, subst, depth-1) {
			return false
		}
		for i := range r.targets[n:] {
			r.targets[n+i].other = r.targets[n+i].other || s.owner != owner || owner.Elem()
		}
	}
	return true
}

// all adds every one of vals; it is false if there are none, or if one may be
// anything.
func (r *resolution) all(vals []ssa.Value, via Via, subst map[ssa.Value]place.Place, depth int) bool {
	if len(vals) == 0 || len(vals) > 8 {
		return false
	}
	for _, v := range vals {
		if !r.add(v, via, subst, depth-1) {
			return false
		}
	}
	return true
}

// returned resolves a function that another function returns as its result i, as
// in defer s.lock()().
func (r *resolution) returned(call *ssa.Call, i int, via Via, depth int) bool {
	f := r.p.Func(call.Call.StaticCallee())
	if f == nil {
		return false
	}
	subst := r.p.substitute(f, call.Call.Args)
	for _, b := range f.SSA.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		if !r.add(ret.Results[i], via, subst, depth-1) {
			return false
		}
	}
	return len(r.targets) > 0
}

// bound adds the method that a method value calls.
func (r *resolution) bound(wrapper *ssa.Function, recv ssa.Value, via Via, subst map[ssa.Value]place.Place) bool {
	obj, ok := wrapper.Object().(*types.Func)
	if !ok {
		return false
	}
	if types.IsInterface(obj.Signature().Recv().Type()) {
		return false
	}
	f := r.p.Func(wrapper.Prog.FuncValue(obj.Origin()))
	if f == nil {
		return true // a method that does nothing that matters, or of another package
	}
	args := append([]ssa.Value{recv}, r.args...)
	if len(r.args) > 0 && r.args[0] == recv {
		args = r.args
	}
	r.append(f, via, args, subst)
	return true
}

// function adds fn itself.
func (r *resolution) function(fn *ssa.Function, via Via, subst map[ssa.Value]place.Place) bool {
	if obj, ok := fn.Object().(*types.Func); ok && fn.Synthetic != "" && fn.Origin() == nil {
		// A wrapper of a promoted method, or a method expression.
		if real := fn.Prog.FuncValue(obj.Origin()); real != nil && real != fn {
			fn = real
		}
	}
	if f := r.p.Func(fn); f != nil {
		r.append(f, via, r.args, subst)
	}
	return true
}

func (r *resolution) append(f *Func, via Via, args []ssa.Value, subst map[ssa.Value]place.Place) {
	all := r.p.substitute(f, args)
	for param, arg := range all {
		if to, ok := subst[arg.Root()]; ok {
			all[param] = arg.In(to)
		}
	}
	for root, to := range subst {
		all[root] = to
	}
	r.targets = append(r.targets, Target{Func: f, Via: via, subst: all})
}

// substitute maps the parameters of f to the places of the arguments.
func (p *Package) substitute(f *Func, args []ssa.Value) map[ssa.Value]place.Place {
	m := make(map[ssa.Value]place.Place)
	for i, param := range f.SSA.Params {
		if i < len(args) {
			m[param] = p.Places.Of(args[i])
		}
	}
	return m
}

// Implementations are the methods of the package's own types that a call
// through an interface may reach.
func (p *Package) Implementations(call *ssa.CallCommon) []Target {
	iface, ok := call.Value.Type().Underlying().(*types.Interface)
	if !ok || call.Method.Pkg() != nil && known.IsStd(call.Method.Pkg().Path()) {
		return nil // what is behind an io.Writer is seldom of this package
	}
	var targets []Target
	for _, m := range p.methods[call.Method.Name()] {
		recv := m.Obj.Signature().Recv().Type()
		named := NamedOf(recv)
		if named == nil || named.TypeParams().Len() > 0 {
			continue
		}
		if !types.Implements(recv, iface) && !types.Implements(types.NewPointer(named), iface) {
			continue
		}
		args := append([]ssa.Value{call.Value}, call.Args...)
		targets = append(targets, Target{Func: m, Via: Interface, subst: p.substitute(m, args)})
	}
	return targets
}

// NamedOf is the named type that t, which may be nil, is or points to; nil if there is
// none.
func NamedOf(t types.Type) *types.Named {
	if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
		t = ptr.Elem()
	}
	named, _ := types.Unalias(t).(*types.Named)
	return named
}

// fieldVar is field i of the struct that t is, or points to.
func fieldVar(t types.Type, i int) *types.Var {
	if ptr, ok := t.Underlying().(*types.Pointer); ok {
		t = ptr.Elem()
	}
	if st, ok := t.Underlying().(*types.Struct); ok {
		return st.Field(i).Origin()
	}
	return nil
}
