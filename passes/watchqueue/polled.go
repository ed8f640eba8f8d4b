package watchqueue

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/chanlint/chanlint/internal/known"
)

// A poll is a loop that looks at an atomic value now and then, and acts on each
// change that it sees.
type poll struct {
	load ast.Node
	name string // the user's expression for the value
}

// polls finds, in a loop that sleeps or waits for a ticker, a load of an
// atomic value that is compared with the one before, and kept.
//
// False positive: a change that is only shown, so that none is missed as long
// as the newest is. False negative: a value under a lock.
func polls(info *types.Info, file *ast.File) []poll {
	var out []poll
	ast.Inspect(file, func(n ast.Node) bool {
		if body := loopBody(n); body != nil && pauses(info, n, body) {
			if p, ok := pollIn(info, body); ok {
				out = append(out, p)
				return false
			}
		}
		return true
	})
	return out
}

// loopBody is the body of a loop, nil for anything else.
func loopBody(n ast.Node) *ast.BlockStmt {
	switch n := n.(type) {
	case *ast.ForStmt:
		return n.Body
	case *ast.RangeStmt:
		return n.Body
	}
	return nil
}

// pauses reports whether a loop goes by the clock.
func pauses(info *types.Info, loop ast.Node, body *ast.BlockStmt) bool {
	if r, ok := loop.(*ast.RangeStmt); ok && isTimeChan(info.TypeOf(r.X)) {
		return true
	}
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			fn := callee(info, n)
			found = found || fn != nil && known.OpOf(fn.FullName()) == known.Sleep
		case *ast.UnaryExpr:
			found = found || n.Op == token.ARROW && isTimeChan(info.TypeOf(n.X))
		}
		return true
	})
	return found
}

func isTimeChan(t types.Type) bool {
	if t == nil {
		return false
	}
	ch, ok := t.Underlying().(*types.Chan)
	return ok && ch.Elem().String() == "time.Time"
}

// pollIn finds the load in the body of a loop.
func pollIn(info *types.Info, body *ast.BlockStmt) (poll, bool) {
	for _, n := range assignments(body) {
		load, name := atomicLoad(info, n.Rhs[0])
		id, ok := n.Lhs[0].(*ast.Ident)
		if load == nil || !ok {
			continue
		}
		if v := info.ObjectOf(id); v != nil && acted(info, body, v) {
			return poll{load, name}, true
		}
	}
	return poll{}, false
}

// assignments are the assignments of one value in body.
func assignments(body *ast.BlockStmt) []*ast.AssignStmt {
	var out []*ast.AssignStmt
	ast.Inspect(body, func(n ast.Node) bool {
		if as, ok := n.(*ast.AssignStmt); ok && len(as.Lhs) == 1 && len(as.Rhs) == 1 {
			out = append(out, as)
		}
		_, lit := n.(*ast.FuncLit)
		return !lit
	})
	return out
}

// atomicLoad recognizes x.Load() and atomic.LoadT(&x).
func atomicLoad(info *types.Info, e ast.Expr) (ast.Node, string) {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return nil, ""
	}
	fn := callee(info, call)
	if fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "sync/atomic" || !strings.HasPrefix(fn.Name(), "Load") {
		return nil, ""
	}
	if len(call.Args) == 1 {
		if addr, ok := call.Args[0].(*ast.UnaryExpr); ok {
			return call, types.ExprString(addr.X)
		}
		return call, types.ExprString(call.Args[0])
	}
	return call, types.ExprString(call.Fun.(*ast.SelectorExpr).X)
}

// acted reports whether v, which was loaded, is compared with what is then set
// to it, and the change is counted, kept or sent.
func acted(info *types.Info, body *ast.BlockStmt, v types.Object) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		cond, ok := n.(*ast.IfStmt)
		if !ok {
			return true
		}
		cmp, ok := cond.Cond.(*ast.BinaryExpr)
		if !ok || cmp.Op != token.NEQ && cmp.Op != token.GTR && cmp.Op != token.EQL {
			return true
		}
		last := other(info, cmp, v)
		region := cond.Body
		if cmp.Op == token.EQL {
			region = body // if v == last { continue }
		}
		if last != nil && sets(info, body, last, v) && handles(info, region) {
			found = true
		}
		return true
	})
	return found
}

// other is the variable that v is compared with.
func other(info *types.Info, cmp *ast.BinaryExpr, v types.Object) types.Object {
	x, ok1 := cmp.X.(*ast.Ident)
	y, ok2 := cmp.Y.(*ast.Ident)
	switch {
	case !ok1 || !ok2:
		return nil
	case info.ObjectOf(x) == v:
		return info.ObjectOf(y)
	case info.ObjectOf(y) == v:
		return info.ObjectOf(x)
	}
	return nil
}

// sets reports whether last = v is in body.
func sets(info *types.Info, body *ast.BlockStmt, last, v types.Object) bool {
	return slices.ContainsFunc(assignments(body), func(as *ast.AssignStmt) bool {
		to, ok1 := as.Lhs[0].(*ast.Ident)
		from, ok2 := as.Rhs[0].(*ast.Ident)
		return ok1 && ok2 && info.ObjectOf(to) == last && info.ObjectOf(from) == v
	})
}

// handles reports whether a change is counted, kept, or sent on.
func handles(info *types.Info, region *ast.BlockStmt) bool {
	found := false
	ast.Inspect(region, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SendStmt, *ast.IncDecStmt, *ast.GoStmt:
			found = true
		case *ast.CallExpr:
			id, ok := n.Fun.(*ast.Ident)
			if !ok {
				break
			}
			b, ok := info.Uses[id].(*types.Builtin)
			found = found || ok && b.Name() == "append"
		}
		return true
	})
	return found
}

// callee is the function that is called by name, nil if there is none.
func callee(info *types.Info, call *ast.CallExpr) *types.Func {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	fn, _ := info.Uses[sel.Sel].(*types.Func)
	return fn
}
