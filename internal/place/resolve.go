package place

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A memory finds places, and remembers what it found.
type memory struct {
	memo  map[ssa.Value]Place
	bound map[*ssa.FreeVar]ssa.Value
}

// Of returns the place of v: of the variable if v is an address, of what it
// holds if v is a value. It is zero for nil, constants and functions.
func (r *memory) Of(v ssa.Value) Place {
	if v == nil {
		return Place{}
	}
	if p, ok := r.memo[v]; ok {
		return p
	}
	r.memo[v] = Place{root: v} // the answer for cycles through phis and recursion
	p := r.of(v)
	r.memo[v] = p
	return p
}

func (r *memory) of(v ssa.Value) Place {
	switch v := v.(type) {
	case *ssa.Const, *ssa.Function, *ssa.Builtin:
		return Place{}

	case *ssa.FreeVar:
		if b := r.Binding(v); b != nil {
			return r.Of(b)
		}

	case *ssa.Alloc:
		// A parameter whose address is taken lives in a variable of its name.
		if vals := r.Stored(v); len(vals) == 1 {
			if param, ok := vals[0].(*ssa.Parameter); ok && param.Name() == v.Comment {
				return r.Of(param)
			}
		}

	case *ssa.FieldAddr:
		return r.Of(v.X).Select(fieldOf(v.X.Type(), v.Field))
	case *ssa.Field:
		return r.Of(v.X).Select(fieldOf(v.X.Type(), v.Field))

	case *ssa.IndexAddr:
		return r.Of(v.X).Index(v.Index)
	case *ssa.Index:
		return r.Of(v.X).Index(v.Index)
	case *ssa.Lookup:
		return r.Of(v.X).Index(v.Index)

	case *ssa.UnOp:
		if v.Op == token.MUL {
			return r.load(v)
		}

	case *ssa.Extract:
		switch t := v.Tuple.(type) {
		case *ssa.TypeAssert:
			if v.Index == 0 {
				return r.Of(t.X)
			}
		case *ssa.Lookup:
			if v.Index == 0 {
				return r.Of(t)
			}
		case *ssa.Next: // the key or the value of this round
			if rng, ok := t.Iter.(*ssa.Range); ok && v.Index > 0 {
				return r.Of(rng.X).Index(v)
			}
		}

	case *ssa.TypeAssert:
		return r.Of(v.X)
	case *ssa.MakeInterface:
		return r.asLocker(v)
	case *ssa.ChangeInterface:
		return r.Of(v.X)
	case *ssa.ChangeType:
		return r.Of(v.X)
	case *ssa.MultiConvert:
		return r.Of(v.X)

	case *ssa.Phi:
		return r.phi(v)

	case *ssa.Call:
		if p, ok := r.accessor(v); ok {
			return p
		}
	}
	return Place{root: v}
}

// load is the place of *addr: that of the variable, or of the value that a
// variable stored to once holds.
func (r *memory) load(v *ssa.UnOp) Place {
	alloc := r.variable(v.X)
	if alloc == nil {
		return r.Of(v.X)
	}
	if val := r.onlyStore(alloc); val != nil {
		if p := r.Of(val); !p.IsZero() {
			return p
		}
	}
	return Place{root: alloc}
}

// variable is the local variable that addr is the address of, or nil.
func (r *memory) variable(addr ssa.Value) *ssa.Alloc {
	for {
		switch a := addr.(type) {
		case *ssa.Alloc:
			return a
		case *ssa.FreeVar:
			b := r.Binding(a)
			if b == nil {
				return nil
			}
			addr = b
		default:
			return nil
		}
	}
}

// Binding is the value that a captured variable was bound to where its
// closure was made, nil if that is not known.
func (r *memory) Binding(fv *ssa.FreeVar) ssa.Value {
	if b, ok := r.bound[fv]; ok {
		return b
	}
	fn := fv.Parent()
	if mc := MakerOf(fn); mc != nil {
		for i, f := range fn.FreeVars {
			r.bound[f] = mc.Bindings[i]
		}
	} else {
		r.bound[fv] = nil
	}
	return r.bound[fv]
}

// MakerOf finds the instruction that makes the closure fn, nil if fn is not a
// closure.
func MakerOf(fn *ssa.Function) *ssa.MakeClosure {
	if fn.Parent() == nil {
		return nil
	}
	for _, b := range fn.Parent().Blocks {
		for _, instr := range b.Instrs {
			if mc, ok := instr.(*ssa.MakeClosure); ok && mc.Fn == fn {
				return mc
			}
		}
	}
	return nil
}

// onlyStore is the value of the single store to a variable, counting those in
// closures that capture it; nil if there are more, or none.
func (r *memory) onlyStore(alloc *ssa.Alloc) ssa.Value {
	if vals := r.Stored(alloc); len(vals) == 1 {
		return vals[0]
	}
	return nil
}

// Stored returns every value stored to a local variable, also by the closures
// that capture it.
func (r *memory) Stored(addr ssa.Value) []ssa.Value {
	alloc := r.variable(addr)
	if alloc == nil {
		return nil
	}
	var vals []ssa.Value
	var collect func(addr ssa.Value)
	collect = func(addr ssa.Value) {
		refs := addr.Referrers()
		if refs == nil {
			return
		}
		for _, ref := range *refs {
			switch ref := ref.(type) {
			case *ssa.Store:
				if ref.Addr == addr {
					vals = append(vals, ref.Val)
				}
			case *ssa.MakeClosure:
				fn := ref.Fn.(*ssa.Function)
				for i, b := range ref.Bindings {
					if b == addr && i < len(fn.FreeVars) {
						collect(fn.FreeVars[i])
					}
				}
			}
		}
	}
	collect(alloc)
	return vals
}

// phi is the place that all edges of v agree on, or v itself.
func (r *memory) phi(v *ssa.Phi) Place {
	var common Place
	for _, e := range v.Edges {
		p := r.Of(e)
		if p.root == v && p.path == "" {
			continue // the value of the previous round
		}
		if p.IsZero() || !common.IsZero() && p != common {
			return Place{root: v}
		}
		common = p
	}
	if common.IsZero() {
		return Place{root: v}
	}
	return common
}

// accessor resolves a call of a function that does nothing but return a place
// reached from its parameters: func (s *S) done() <-chan struct{} { return s.ch }.
func (r *memory) accessor(call *ssa.Call) (Place, bool) {
	fn := call.Call.StaticCallee()
	if fn == nil || len(fn.Blocks) != 1 || fn.Signature.Results().Len() != 1 {
		return Place{}, false
	}
	ret, ok := fn.Blocks[0].Instrs[len(fn.Blocks[0].Instrs)-1].(*ssa.Return)
	if !ok || len(fn.Blocks[0].Instrs) > 12 {
		return Place{}, false
	}
	p := r.Of(ret.Results[0])
	if p.Kind() == Global {
		return p, true
	}
	if p.Kind() != Param || p.path == "" {
		return Place{}, false
	}
	i := slices.IndexFunc(fn.Params, func(param *ssa.Parameter) bool { return param == p.root })
	if i < 0 || i >= len(call.Call.Args) {
		return Place{}, false
	}
	return p.Reindex(fn.Params, call.Call.Args).In(r.Of(call.Call.Args[i])), true
}

// fieldOf is field i of the struct that typ is, or points to.
func fieldOf(typ types.Type, i int) *types.Var {
	if ptr, ok := typ.Underlying().(*types.Pointer); ok {
		typ = ptr.Elem()
	} else if core := coreStruct(typ); core != nil {
		return core.Field(i)
	}
	return coreStruct(typ).Field(i)
}

// coreStruct is the struct type underlying typ, also for a type parameter
// whose type set has one; nil if there is none.
func coreStruct(typ types.Type) *types.Struct {
	switch u := typ.Underlying().(type) {
	case *types.Struct:
		return u
	case *types.Pointer:
		return coreStruct(u.Elem())
	case *types.Interface: // a type parameter's constraint
		if u.NumEmbeddeds() == 0 {
			return nil
		}
		typ := u.EmbeddedType(0)
		if un, ok := typ.(*types.Union); ok && un.Len() > 0 {
			typ = un.Term(0).Type()
		}
		return coreStruct(typ)
	}
	return nil
}
