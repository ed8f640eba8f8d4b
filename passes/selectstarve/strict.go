package selectstarve

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"time"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/loop"
)

// strictly finds what is reported with -strict only.
func (c *checker) strictly(op *conc.Op) []finding {
	if op.Kind == conc.Select && !op.HasDefault {
		if c.InLoop(op) {
			return nil // one round more is worth no line of code
		}
		return c.luckyResult(op)
	}
	return c.deafWait(op)
}

// stopOf is the receive of op that leaves the loop: from a context, or from
// what is closed to stop.
func (c *checker) stopOf(op *conc.Op) (conc.Use, bool) {
	for _, u := range op.Receives() {
		if (loop.Done(u) || c.StopLike(u.Place())) && !c.After(u, true).Back {
			return u, true
		}
	}
	return conc.Use{}, false
}

// luckyResult finds a select that returns nil when a goroutine is done, and
// the context's error when that has ended, while the goroutine, too, is done
// when the context has ended.
func (c *checker) luckyResult(op *conc.Op) []finding {
	var done, ctx conc.Use
	for _, u := range op.Receives() {
		switch last := lastResult(op.Clause(u.Case)); {
		case loop.Done(u) && strings.HasSuffix(last, ".Err()"):
			ctx = u
		case last == "nil" && loop.Bound(u) == conc.Unbounded:
			done = u
		}
	}
	if done.Op == nil || ctx.Op == nil || len(op.Cases) != 2 {
		return nil
	}
	u := c.Uses(done.Place())
	ends := slices.Concat(u.Closes, u.Sends)
	if len(ends) == 0 {
		return nil
	}
	for _, e := range ends {
		if e.Op.Fn.Parent == nil || e.Op.Fn.Root() != op.Fn.Root() || !c.mentions(e.Op.Fn, ctx) {
			return nil
		}
	}
	return []finding{{category: result, use: done, at: ctx, other: ends[0].Op}}
}

// lastResult is the last result of the return statement that a case consists
// of.
func lastResult(clause *ast.CommClause) string {
	if clause == nil || len(clause.Body) != 1 {
		return ""
	}
	ret, ok := clause.Body[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) == 0 {
		return ""
	}
	return expr(ret.Results[len(ret.Results)-1])
}

// mentions reports whether f uses the context that u waits for.
func (c *checker) mentions(f *conc.Func, u conc.Use) bool {
	return f.SSA.Syntax() != nil && c.names(f.SSA.Syntax(), u)
}

// names reports whether n uses the context that u waits for.
func (c *checker) names(n ast.Node, u conc.Use) bool {
	obj := c.contextVar(u)
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && obj != nil && c.pass.TypesInfo.Uses[id] == obj
		return !found
	})
	return found
}

// contextVar is the variable or field ctx in ctx.Done(), nil if it is none.
func (c *checker) contextVar(u conc.Use) types.Object {
	recv, ok := node(u).(*ast.UnaryExpr)
	if !ok {
		return nil
	}
	call, ok := ast.Unparen(recv.X).(*ast.CallExpr)
	if !ok {
		return nil
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	switch x := ast.Unparen(sel.X).(type) {
	case *ast.Ident:
		return c.pass.TypesInfo.Uses[x]
	case *ast.SelectorExpr:
		return c.pass.TypesInfo.Uses[x.Sel]
	}
	return nil
}

// long is the least constant delay by which a stop may not be put off.
const long = time.Second

// deafWait finds a wait in a loop that looks at a stop, by itself: the stop is
// not seen until it is over.
func (c *checker) deafWait(op *conc.Op) []finding {
	if !c.InLoop(op) || !c.deaf(op) {
		return nil
	}
	for o := range op.Fn.Ops {
		if o == op || !c.InSameRound(op, o) || o.Kind != conc.Select {
			continue
		}
		if op.Kind == conc.Recv && op.Bound == conc.Unbounded && !o.HasDefault {
			continue // perhaps an answer, within the work of a case
		}
		if stop, ok := c.stopOf(o); ok && !c.heard[stop] {
			c.heard[stop] = true
			return []finding{{category: wait, use: conc.Use{Op: op, Case: -1}, at: stop}}
		}
	}
	return nil
}

// deaf reports whether op is a wait for a long time, for a permit, or for data
// that a stop does not end.
func (c *checker) deaf(op *conc.Op) bool {
	switch op.Kind {
	case conc.Sleep:
		n := conc.Const(op.Delta)
		return n < 0 && !c.short(op) || time.Duration(n) >= long
	case conc.Send:
		return c.permit(op)
	case conc.Recv:
		if op.Range {
			return false
		}
		if op.Bound == conc.ByTimer {
			return c.longTimer(op)
		}
		return !op.CommaOk && c.unended(op)
	}
	return false
}

// unended reports whether op receives from a channel that the package sends
// on, alone, and never closes.
func (c *checker) unended(op *conc.Op) bool {
	u := c.Uses(op.Place)
	return c.Filled(op.Place) && len(u.Sends) > 0 && len(u.Closes) == 0
}

// longTimer reports whether the timer that op receives from is made for it,
// and runs for long.
func (c *checker) longTimer(op *conc.Op) bool {
	made, _ := c.Timer(conc.Use{Op: op, Case: -1})
	if made == nil { // a timer behind a method, or of an earlier round
		recv, ok := op.Node.(*ast.UnaryExpr)
		if !ok {
			return false
		}
		_, called := ast.Unparen(recv.X).(*ast.CallExpr)
		return called
	}
	n := conc.Const(made.Call.Common.Args[0])
	return n < 0 || time.Duration(n) >= long
}

// permit reports whether op takes a permit that a goroutine, started in the
// same function, gives back, and that is not taken after a stop, too.
func (c *checker) permit(op *conc.Op) bool {
	u := c.Uses(op.Place)
	if slices.ContainsFunc(u.Makes, func(mk *conc.Op) bool { return c.InSameRound(op, mk) }) {
		return false // it is made for each round
	}
	for o := range op.Fn.Ops {
		if o != op && o.Kind == conc.Send && o.Place == op.Place && !c.InSameRound(op, o) {
			return false
		}
	}
	return slices.ContainsFunc(u.Recvs, func(rv conc.Use) bool {
		return rv.Op.Fn.Root() == op.Fn.Root() && rv.Place() == op.Place && startedIn(op.Fn, rv.Op.Fn)
	})
}

// startedIn reports whether g, which is in f, runs in a goroutine of its own.
func startedIn(f, g *conc.Func) bool {
	for ; g != nil && g != f; g = g.Parent {
		if g.Started {
			return true
		}
	}
	return false
}

// short reports whether the delay of a sleep has a bound that is short: a random
// part of a constant, for example.
func (c *checker) short(op *conc.Op) bool {
	call, ok := op.Node.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return false
	}
	most, ok := c.atMost(call.Args[0])
	return ok && time.Duration(most) < long
}

// atMost is a bound for a number that is made of constants and random numbers.
func (c *checker) atMost(e ast.Expr) (float64, bool) {
	e = ast.Unparen(e)
	if v := c.pass.TypesInfo.Types[e].Value; v != nil {
		f, _ := constant.Float64Val(constant.ToFloat(v))
		return f, true
	}
	switch e := e.(type) {
	case *ast.BinaryExpr:
		x, ok1 := c.atMost(e.X)
		y, ok2 := c.atMost(e.Y)
		switch e.Op {
		case token.ADD:
			return x + y, ok1 && ok2
		case token.MUL:
			return x * y, ok1 && ok2
		}
	case *ast.CallExpr:
		if c.pass.TypesInfo.Types[e.Fun].IsType() && len(e.Args) == 1 {
			return c.atMost(e.Args[0])
		}
		if fn, ok := typeutil.Callee(c.pass.TypesInfo, e).(*types.Func); ok {
			return c.atMostCall(fn, e.Args)
		}
	}
	return 0, false
}

// atMostCall is the same for what fn returns.
func (c *checker) atMostCall(fn *types.Func, args []ast.Expr) (float64, bool) {
	switch name := fn.FullName(); {
	case name == "time.Until": // of then.Add(d), where then is over
		call, ok := ast.Unparen(args[0]).(*ast.CallExpr)
		if !ok {
			break
		}
		add, ok := typeutil.Callee(c.pass.TypesInfo, call).(*types.Func)
		if ok && add.FullName() == "(time.Time).Add" {
			return c.atMost(call.Args[0])
		}
	case !strings.HasPrefix(strings.TrimPrefix(name, "(*"), "math/rand"):
	case len(args) == 0 && strings.HasPrefix(fn.Name(), "Float"):
		return 1, true
	case len(args) == 1 && strings.HasSuffix(strings.ToLower(fn.Name()), "n"):
		return c.atMost(args[0])
	}
	return 0, false
}
