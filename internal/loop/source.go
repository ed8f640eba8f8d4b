package loop

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// ClosedBy says when another package closes the channel of u by itself: it
// comes from a function that internal/known lists, straight or through a field,
// a variable or a parameter. It is empty if that is not known.
func (p *Package) ClosedBy(u conc.Use) string {
	when, _ := p.closedBy(channel(u), deepest)
	return when
}

func (p *Package) closedBy(v ssa.Value, depth int) (when string, ok bool) {
	if depth == 0 {
		return "", false
	}
	switch v := v.(type) {
	case *ssa.Call:
		c, ok := closing(&v.Call)
		return c.When, ok
	case *ssa.Extract:
		if v.Index == 0 {
			return p.closedBy(v.Tuple, depth)
		}
	case *ssa.ChangeType:
		return p.closedBy(v.X, depth)
	case *ssa.FreeVar:
		return p.allClosedBy(p.Places.Stored(v), depth)
	case *ssa.UnOp:
		if pl := p.Places.Of(v.X); pl.Field() != nil && !pl.Elem() {
			return p.allClosedBy(p.assigned(pl.Join()), depth)
		}
		return p.allClosedBy(p.Places.Stored(v.X), depth)
	case *ssa.Parameter:
		return p.allClosedBy(p.passed(v), depth)
	}
	return "", false
}

// allClosedBy is closedBy for what may be any of vals. What is nil does not
// count.
func (p *Package) allClosedBy(vals []ssa.Value, depth int) (when string, ok bool) {
	for _, v := range vals {
		if c, isConst := v.(*ssa.Const); isConst && c.IsNil() {
			continue
		}
		if when, ok = p.closedBy(v, depth-1); !ok {
			return "", false
		}
	}
	return when, ok
}

// assigned are the values that the package assigns to the field of j.
func (p *Package) assigned(j place.Join) []ssa.Value {
	if p.held == nil {
		p.held = make(map[place.Join][]ssa.Value)
		for _, f := range p.Funcs {
			for _, b := range f.SSA.Blocks {
				for _, instr := range b.Instrs {
					if st, ok := instr.(*ssa.Store); ok {
						to := p.Places.Of(st.Addr).Join()
						p.held[to] = append(p.held[to], st.Val)
					}
				}
			}
		}
	}
	return p.held[j]
}

// passed are the arguments that the package passes for param.
func (p *Package) passed(param *ssa.Parameter) []ssa.Value {
	f := p.Func(param.Parent())
	if f == nil {
		return nil
	}
	i := slices.Index(f.SSA.Params, param)
	var out []ssa.Value
	for _, c := range p.CallsTo(f) {
		call, ok := c.Op.Instr.(ssa.CallInstruction)
		if !ok || c.Target.Via != conc.Static || i >= len(call.Common().Args) || call.Common().IsInvoke() {
			return nil
		}
		out = append(out, call.Common().Args[i])
	}
	return out
}

// closing is when the channel that a call returns is closed by others.
func closing(call *ssa.CallCommon) (known.Closing, bool) {
	fn := callee(call)
	if fn == nil {
		return known.Closing{}, false
	}
	return known.Closes(fn.FullName())
}
