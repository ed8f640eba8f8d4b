package selectstarve

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/loop"
)

// forgets finds a select with default that takes from one channel first, and
// then a wait for others that leaves that channel out.
func (c *checker) forgets(op *conc.Op) []finding {
	if !op.HasDefault || len(op.Cases) != 1 || op.Cases[0].Send || op.Cases[0].Bound != conc.Unbounded {
		return nil
	}
	high := conc.Use{Op: op, Case: 0}
	if c.StopLike(high.Place()) || !c.returns(high) || high.Place().IsZero() {
		return nil // a stop is looked at, which is another matter
	}
	ops := c.After(conc.Use{Op: op, Case: loop.Default}, false).Ops
	if slices.ContainsFunc(ops, func(o *conc.Op) bool { return o != op && waitsFor(o, high) }) {
		return nil // it is waited for; what comes behind that is another matter
	}
	for _, o := range ops {
		if low, ok := c.waitsWithout(o, high); ok && loop.Dominates(op, o) {
			return []finding{{category: forgotten, use: low, at: high, other: op}}
		}
	}
	return nil
}

// waitsFor reports whether o waits for the channel of high.
func waitsFor(o *conc.Op, high conc.Use) bool {
	return !o.HasDefault && slices.ContainsFunc(o.Receives(), func(u conc.Use) bool { return u.Place() == high.Place() })
}

// waitsWithout reports whether o waits for data, but not on the channel of
// high, for as long as there is none.
func (c *checker) waitsWithout(o *conc.Op, high conc.Use) (conc.Use, bool) {
	if o.HasDefault || o.Range {
		return conc.Use{}, false
	}
	var low conc.Use
	for _, u := range o.Receives() {
		switch {
		case u.Place() == high.Place() || name(u) == name(high) || loop.Bound(u) == conc.ByTimer:
			return low, false
		case loop.Bound(u) == conc.Unbounded && !c.StopLike(u.Place()) && low.Op == nil && c.returns(u):
			low = u
		}
	}
	return low, low.Op != nil
}

// publishes finds a case that sends to subscribers, in a select of which
// another case removes them: who is about to unsubscribe does not receive, and
// waits for the sender.
func (c *checker) publishes(op *conc.Op) []finding {
	for _, u := range op.Receives() {
		for _, o := range c.After(u, false).Ops {
			at, subs, ok := c.publish(o)
			if !ok {
				continue
			}
			for _, v := range op.Receives() {
				if v != u && (c.Removes(v, subs) || c.removesByCall(v, subs)) && !c.drains(v, at) {
					return []finding{{category: unsubscribe, use: conc.Use{Op: at, Case: -1}, at: v, pos: o.Pos(), end: o.End(), other: o}}
				}
			}
		}
	}
	return nil
}

// drains reports whether all who ask, by v, to be removed go on receiving from
// the field that send sends on until they are heard.
func (c *checker) drains(v conc.Use, send *conc.Op) bool {
	to := send.Place.Join()
	asks := c.Uses(v.Place()).Sends
	return len(asks) > 0 && !to.IsZero() && !slices.ContainsFunc(asks, func(ask conc.Use) bool {
		return !slices.ContainsFunc(ask.Op.Receives(), func(rv conc.Use) bool { return rv.Place().Join() == to })
	})
}

// publish is a send to, or a wait for, elements of subs that o does, itself or
// in what it calls, and that nothing ends.
func (c *checker) publish(o *conc.Op) (at *conc.Op, subs loop.Container, ok bool) {
	if o.Kind == conc.Go || o.Kind == conc.Defer {
		return nil, subs, false
	}
	for _, w := range c.Waits(o) {
		if w.Op == nil || w.Bound != effect.Unbounded || w.Via != conc.Static {
			continue
		}
		if w.Op.Kind != conc.Send {
			continue
		}
		if subs, ok = c.ContainerOf(w.Op, o); ok {
			return w.Op, subs, true
		}
	}
	return nil, subs, false
}

// removesByCall reports whether the case of v calls a function of the package
// that deletes from subs. One that does no more than that has no operations, and
// Removes does not see it.
func (c *checker) removesByCall(v conc.Use, subs loop.Container) bool {
	return subs.Field() != nil && slices.ContainsFunc(c.After(v, false).Ops, func(o *conc.Op) bool {
		return o.Kind == conc.Call && len(o.Call.Targets) == 0 && o.Call.Obj != nil && c.deletes(o.Call.Obj, subs.Field())
	})
}

// deletes reports whether the body of fn has a delete from a field, other than of
// all that a loop over it comes upon, or of those that are over.
func (c *checker) deletes(fn *types.Func, from *types.Var) bool {
	is := func(e ast.Expr) bool {
		sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
		return ok && c.pass.TypesInfo.Uses[sel.Sel] == from
	}
	found := false
	inspect := func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.RangeStmt:
			return !found && (!is(n.X) || c.identifies(n.Body))
		case *ast.CallExpr:
			found = found || len(n.Args) == 2 && expr(n.Fun) == "delete" && is(n.Args[0])
		}
		return !found
	}
	for _, f := range c.pass.Files {
		for _, d := range f.Decls {
			if fd, ok := d.(*ast.FuncDecl); ok && fd.Body != nil && c.pass.TypesInfo.Defs[fd.Name] == fn {
				ast.Inspect(fd.Body, inspect)
			}
		}
	}
	return found
}

// identifies reports whether a condition in body may tell one element from the
// others: it compares two things that are not constant, calls a function, or looks
// something up.
func (c *checker) identifies(body *ast.BlockStmt) bool {
	constant := func(e ast.Expr) bool {
		tv := c.pass.TypesInfo.Types[e]
		return tv.Value != nil || tv.IsNil()
	}
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		br, ok := n.(*ast.IfStmt)
		if !ok {
			return !found
		}
		ast.Inspect(br.Cond, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BinaryExpr:
				equal := n.Op == token.EQL || n.Op == token.NEQ
				found = found || equal && !constant(n.X) && !constant(n.Y)
			case *ast.CallExpr, *ast.IndexExpr:
				found = true
			}
			return !found
		})
		return !found
	})
	return found
}
