package loop

import (
	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
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
			return p.allClosedBy(p.Held(pl.Join()), depth)
		}
		return p.allClosedBy(p.Places.Stored(v.X), depth)
	case *ssa.Parameter:
		args, _ := p.Passed(v)
		return p.allClosedBy(args, depth)
	}
	return "", false
}

// allClosedBy is closedBy for what may be any of vals. What is nil does not
// count.
func (p *Package) allClosedBy(vals []ssa.Value, depth int) (when string, ok bool) {
	for _, v := range vals {
		if conc.IsNil(v) {
			continue
		}
		if when, ok = p.closedBy(v, depth-1); !ok {
			return "", false
		}
	}
	return when, ok
}

// closing is when the channel that a call returns is closed by others.
func closing(call *ssa.CallCommon) (known.Closing, bool) {
	fn := conc.Callee(call)
	if fn == nil {
		return known.Closing{}, false
	}
	return known.Closes(fn.FullName())
}
