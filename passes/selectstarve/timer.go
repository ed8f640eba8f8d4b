package selectstarve

import (
	"go/ast"
	"go/types"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/loop"
	"github.com/chanlint/chanlint/internal/pattern"
)

// timers finds cases that wait for a timer which each round makes anew, so
// that other cases put it off.
func (c *checker) timers(op *conc.Op) []finding {
	var out []finding
	for i, cs := range op.Cases {
		u := conc.Use{Op: op, Case: i}
		if cs.Send || cs.Bound != conc.ByTimer {
			continue
		}
		made, steady := c.Timer(u)
		if made == nil || !steady {
			continue // it is kept, or computed from what is left
		}
		g := finding{category: timer, use: u, other: made}
		if op.HasDefault {
			if loop.AtOnce(made, op) {
				out = append(out, g)
			}
			continue
		}
		if round := c.After(u, false); !round.Back || round.Leaves || !c.works(u) {
			continue // a timeout that ends the loop, or just another look
		}
		j, ok := c.busy(op)
		if !ok || !periodic(made) {
			continue
		}
		g.at = j
		out = append(out, g)
	}
	return out
}

// works reports whether the case of u does anything.
func (c *checker) works(u conc.Use) bool {
	clause := u.Op.Clause(u.Case)
	if clause == nil {
		return false
	}
	calls := false
	for _, s := range clause.Body {
		ast.Inspect(s, func(n ast.Node) bool {
			switch n.(type) {
			case *ast.CallExpr, *ast.SendStmt:
				calls = true
			}
			return true
		})
	}
	return calls
}

// busy is a case of op that has to do with data and comes back.
//
// False negative: wake-ups that come often.
func (c *checker) busy(op *conc.Op) (conc.Use, bool) {
	for i, cs := range op.Cases {
		u := conc.Use{Op: op, Case: i}
		if cs.Bound != conc.Unbounded || !cs.Send && (c.StopLike(cs.Place) || !c.carriesData(u)) {
			continue
		}
		if c.After(u, false).Back {
			return u, true
		}
	}
	return conc.Use{}, false
}

// carriesData reports whether u receives more than a wake-up, a signal of the
// system, or a channel for the answer, which come now and then.
func (c *checker) carriesData(u conc.Use) bool {
	recv, ok := node(u).(*ast.UnaryExpr)
	if !ok {
		return false
	}
	ch, ok := c.pass.TypesInfo.TypeOf(recv.X).Underlying().(*types.Chan)
	if !ok {
		return false
	}
	switch t := ch.Elem().Underlying().(type) {
	case *types.Chan:
		return false
	case *types.Struct:
		return t.NumFields() > 0
	}
	return ch.Elem().String() != "os.Signal"
}

var period = pattern.New(`(?i)interval|period|every|tick|freq|heartbeat|refresh|poll|cadence`)
var idle = pattern.New(`(?i)idle|timeout|debounce|quiet|linger|delay|inactiv|backoff|retry|wait`)

// periodic reports whether the duration of a timer is called an interval and
// not a timeout.
func periodic(made *conc.Op) bool {
	call, ok := made.Node.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return false
	}
	yes, no := false, false
	ast.Inspect(call.Args[0], func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			yes = yes || period.MatchString(id.Name)
			no = no || idle.MatchString(id.Name)
		}
		return true
	})
	return yes && !no
}
