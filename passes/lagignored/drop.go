package lagignored

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/chanlint/chanlint/internal/pattern"
	"github.com/chanlint/chanlint/internal/report"
)

// drops finds selects that send, and lose the value in silence if there is no
// room:
//
//	select {
//	case ch <- v:
//	default:
//	}
//
// Losing a value is right if it only says "look again" (a token, a name like
// notify), if it is replaced by a later one (a channel for one value, or one
// that is drained as well), or if it is agreed on, which a comment then says.
// The false positive is an agreement that no comment mentions; the false
// negative one that the comment only wishes for.
func (f *finder) drops() {
	made := f.capacities()
	pools := f.pools()
	for cur := range f.root.Preorder((*ast.SelectStmt)(nil)) {
		send := silentSend(cur.Node().(*ast.SelectStmt))
		if send == nil {
			continue
		}
		v := f.variable(send.Chan)
		if v == nil || pools[v] || isSignalName(v.Name()) || !f.isData(v) || !made[v].loses() || f.isReceivedNear(cur, v) {
			continue
		}
		if report.Agreed(f.Pass, cur.Node().(*ast.SelectStmt)) {
			continue
		}
		f.add(finding{category: drop, at: send, subject: types.ExprString(send.Chan)})
	}
}

// silentSend returns the send of a select that does nothing but that, or also
// notes what was sent:
//
//	case ch <- v:
//		s.last = v
//	default:
func silentSend(sel *ast.SelectStmt) *ast.SendStmt {
	var send *ast.SendStmt
	hasDefault := false
	for _, c := range sel.Body.List {
		clause := c.(*ast.CommClause)
		switch comm := clause.Comm.(type) {
		case nil:
			hasDefault = len(clause.Body) == 0
		case *ast.SendStmt:
			if send != nil || !notes(clause.Body, comm.Value) {
				return nil // something is done about it, one way or the other
			}
			send = comm
		default:
			return nil
		}
	}
	if !hasDefault {
		return nil
	}
	return send
}

// notes reports whether statements do nothing but keep a value in fields.
func notes(body []ast.Stmt, value ast.Expr) bool {
	for _, s := range body {
		a, ok := s.(*ast.AssignStmt)
		if !ok || a.Tok != token.ASSIGN || len(a.Lhs) != 1 {
			return false
		}
		_, isField := a.Lhs[0].(*ast.SelectorExpr)
		if !isField || types.ExprString(a.Rhs[0]) != types.ExprString(value) {
			return false
		}
	}
	return true
}

// variable returns the variable or field that an expression names.
func (f *finder) variable(e ast.Expr) *types.Var {
	var id *ast.Ident
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return nil
	}
	v, ok := f.TypesInfo.ObjectOf(id).(*types.Var)
	if !ok {
		return nil
	}
	return v.Origin()
}

var signalName = pattern.New(`(?i)notif|wake|signal|sig$|trigger|kick|done|stop|quit|close|ready|tick|poke|hint|nudge|flush|sem|token|err|latest|update|reload|refresh|change|progress|stat|metric|log|debug|trace|test|hook|pool|free|cache|recycl`)

// isSignalName reports whether a channel of that name carries what may be
// lost: tokens, the latest state, what somebody may want to watch.
func isSignalName(name string) bool { return signalName.MatchString(name) }

// isData reports whether what a channel carries is more than a token.
func (f *finder) isData(v *types.Var) bool {
	ch, ok := v.Type().Underlying().(*types.Chan)
	if !ok || isEmpty(ch.Elem()) || isError(ch.Elem()) {
		return false
	}
	switch u := ch.Elem().Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Chan, *types.Signature:
		return false
	}
	return ch.Elem().String() != "time.Time" && ch.Elem().String() != "os.Signal"
}

// makes is how a variable's channels are made.
type makes struct{ some, small bool }

// loses reports whether a channel has room for several values, so that it is
// no place for the latest one.
func (m makes) loses() bool { return m.some && !m.small }

// pools returns the channels that somebody receives from in a select with a
// default case: they hold what may be used again.
func (f *finder) pools() map[*types.Var]bool {
	all := make(map[*types.Var]bool)
	for cur := range f.root.Preorder((*ast.SelectStmt)(nil)) {
		var from []*types.Var
		hasDefault := false
		for _, c := range cur.Node().(*ast.SelectStmt).Body.List {
			comm := c.(*ast.CommClause).Comm
			hasDefault = hasDefault || comm == nil
			if comm == nil {
				continue
			}
			for n := range ast.Preorder(comm) {
				if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.ARROW {
					from = append(from, f.variable(u.X))
				}
			}
		}
		if !hasDefault {
			continue
		}
		for _, v := range from {
			all[v] = true
		}
	}
	return all
}

// capacities returns how the channels of variables are made.
func (f *finder) capacities() map[*types.Var]makes {
	all := make(map[*types.Var]makes)
	note := func(to, value ast.Expr) {
		call, ok := ast.Unparen(value).(*ast.CallExpr)
		if !ok || len(call.Args) == 0 || f.TypesInfo.TypeOf(call.Args[0]) == nil {
			return
		}
		id, ok := call.Fun.(*ast.Ident)
		if !ok || id.Name != "make" || received(f.TypesInfo.TypeOf(call.Args[0])) == nil {
			return
		}
		v := f.variable(to)
		if v == nil {
			return
		}
		m := all[v]
		m.some = true
		m.small = m.small || len(call.Args) < 2 || f.isSmall(call.Args[1])
		all[v] = m
	}
	for cur := range f.root.Preorder((*ast.AssignStmt)(nil), (*ast.ValueSpec)(nil), (*ast.KeyValueExpr)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.AssignStmt:
			for i := range min(len(n.Lhs), len(n.Rhs)) {
				note(n.Lhs[i], n.Rhs[i])
			}
		case *ast.ValueSpec:
			for i := range min(len(n.Names), len(n.Values)) {
				note(n.Names[i], n.Values[i])
			}
		case *ast.KeyValueExpr:
			note(n.Key, n.Value)
		}
	}
	return all
}

// isSmall reports whether a capacity is 0 or 1.
func (f *finder) isSmall(e ast.Expr) bool {
	v := f.TypesInfo.Types[e].Value
	if v == nil {
		return false
	}
	n, ok := constant.Int64Val(v)
	return ok && n <= 1
}

// isReceivedNear reports whether the function around cur also receives from v:
// it makes room, or uses the channel to keep things.
func (f *finder) isReceivedNear(cur inspector.Cursor, v *types.Var) bool {
	for fn := range cur.Enclosing((*ast.FuncDecl)(nil)) {
		for c := range fn.Preorder((*ast.UnaryExpr)(nil)) {
			n := c.Node().(*ast.UnaryExpr)
			if n.Op == token.ARROW && f.variable(n.X) == v {
				return true
			}
		}
	}
	return false
}
