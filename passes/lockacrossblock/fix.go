package lockacrossblock

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/lockset"
	"github.com/chanlint/chanlint/internal/report"
)

// unlockFix unlocks in front of what blocks, where a deadlock is proved and nothing
// else comes under the lock: the unlock is the next statement, or it is deferred
// and the function ends there. A stall is left to the user, because the lock may
// be there to keep an order.
//
//	s.mu.Lock()              s.mu.Lock()
//	s.count++                s.count++
//	s.out <- v               s.mu.Unlock()
//	s.mu.Unlock()            s.out <- v
func unlockFix(pass *analysis.Pass, r *effect.Result, g finding) []analysis.SuggestedFix {
	if g.category != deadlock || g.op != g.wait.Op || g.lock.Op == nil || g.op.Fn != g.lock.Op.Fn {
		return nil
	}
	unlock, ok := unlocking(g.lock)
	if !ok || !independent(pass, r, g.op) {
		return nil
	}
	lines := lines{pass: pass}
	body, list, i := statement(pass, g.op)
	if i < 0 {
		return nil
	}
	old := -1 // the unlock that goes
	switch {
	case i+1 < len(list) && isCall(list[i+1], unlock):
		old = i + 1
	case body && i == len(list)-1:
		old = deferred(list, unlock)
	}
	if old < 0 || old == i-1 || i > 0 && within(g.lock.Op, list[i-1]) {
		return nil // or the lock is for the operation alone
	}
	indent, ok := lines.indent(list[i].Pos())
	from, to, alone := lines.of(list[old])
	if !ok || !alone {
		return nil
	}
	return []analysis.SuggestedFix{{
		Message: "unlock " + lockName(g.lock) + " first",
		TextEdits: []analysis.TextEdit{
			{Pos: list[i].Pos(), End: list[i].Pos(), NewText: []byte(unlock + "\n" + indent)},
			{Pos: from, End: to},
		},
	}}
}

// unlocking is the call that releases a lock which was taken by a call.
func unlocking(h lockset.Held) (string, bool) {
	call, ok := h.Op.Node.(*ast.CallExpr)
	if !ok {
		return "", false
	}
	fun, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || !plain(fun.X) {
		return "", false
	}
	switch h.Op.Kind {
	case conc.Lock:
		return types.ExprString(fun.X) + ".Unlock()", fun.Sel.Name == "Lock"
	case conc.RLock:
		return types.ExprString(fun.X) + ".RUnlock()", fun.Sel.Name == "RLock"
	}
	return "", false
}

// independent reports whether op means the same without the lock: a send of what
// only the function knows, on a channel that the package keeps and never closes; a
// receive of nothing; a wait for a group.
func independent(pass *analysis.Pass, r *effect.Result, op *conc.Op) bool {
	switch n := op.Node.(type) {
	case *ast.SendStmt:
		return op.Kind == conc.Send && kept(pass, n.Chan) && local(pass, n.Value) && len(r.Uses(op.Place).Closes) == 0 && !op.Place.Join().IsZero()
	case *ast.UnaryExpr:
		return op.Kind == conc.Recv && kept(pass, n.X)
	case *ast.CallExpr:
		sel, ok := n.Fun.(*ast.SelectorExpr)
		return ok && op.Kind == conc.Wait && kept(pass, sel.X)
	}
	return false
}

// kept reports whether e is a variable of the function, or a field of the package
// that only who makes the object assigns to.
func kept(pass *analysis.Pass, e ast.Expr) bool {
	if !plain(e) {
		return false
	}
	sel, ok := e.(*ast.SelectorExpr)
	if !ok {
		return isLocal(pass, e.(*ast.Ident))
	}
	field, ok := pass.TypesInfo.Uses[sel.Sel].(*types.Var)
	if !ok || !field.IsField() || field.Exported() {
		return false
	}
	for _, f := range pass.Files {
		for n := range ast.Preorder(f) {
			assign, ok := n.(*ast.AssignStmt)
			if ok && slices.ContainsFunc(assign.Lhs, func(e ast.Expr) bool {
				to, ok := ast.Unparen(e).(*ast.SelectorExpr)
				return ok && pass.TypesInfo.Uses[to.Sel] == field
			}) {
				return false
			}
		}
	}
	return true
}

// local reports whether e is made of constants and variables of the function alone.
func local(pass *analysis.Pass, e ast.Expr) bool {
	yes := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr, *ast.CallExpr, *ast.IndexExpr, *ast.StarExpr, *ast.UnaryExpr, *ast.FuncLit:
			yes = false
		case *ast.Ident:
			_, isVar := pass.TypesInfo.Uses[n].(*types.Var)
			yes = yes && (!isVar || isLocal(pass, n))
		}
		return yes
	})
	return yes
}

func isLocal(pass *analysis.Pass, id *ast.Ident) bool {
	v, ok := pass.TypesInfo.Uses[id].(*types.Var)
	return ok && !v.IsField() && v.Parent() != pass.Pkg.Scope()
}

// plain reports whether an expression is a name, or fields of one.
func plain(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return plain(e.X)
	}
	return false
}

// statement is the statement that op is, by its place in the list around it, which
// may be the body of the function; i is -1 if op is only a part of one.
func statement(pass *analysis.Pass, op *conc.Op) (body bool, list []ast.Stmt, i int) {
	f := report.FileAt(pass.Files, op.Pos())
	if f == nil {
		return false, nil, -1
	}
	path, _ := astutil.PathEnclosingInterval(f, op.Pos(), op.End())
	j := slices.IndexFunc(path, func(n ast.Node) bool { _, ok := n.(ast.Stmt); return ok })
	if j < 0 || j+2 >= len(path) {
		return false, nil, -1
	}
	s := path[j].(ast.Stmt)
	if expr, ok := s.(*ast.ExprStmt); ok && ast.Node(expr.X) != op.Node || !ok && ast.Node(s) != op.Node {
		return false, nil, -1
	}
	switch n := path[j+1].(type) {
	case *ast.BlockStmt:
		list = n.List
		switch path[j+2].(type) {
		case *ast.FuncDecl, *ast.FuncLit:
			body = true
		}
	case *ast.CaseClause:
		list = n.Body
	case *ast.CommClause:
		list = n.Body
	}
	return body, list, slices.Index(list, s)
}

// within reports whether an operation is part of a statement.
func within(op *conc.Op, s ast.Stmt) bool { return s.Pos() <= op.Pos() && op.End() <= s.End() }

// isCall reports whether a statement is a call that reads like that.
func isCall(s ast.Stmt, text string) bool {
	expr, ok := s.(*ast.ExprStmt)
	return ok && types.ExprString(expr.X) == text
}

// deferred finds the statement that defers the unlock, if all between it and the
// last statement neither returns nor calls anything, which might panic.
func deferred(list []ast.Stmt, unlock string) int {
	for i := len(list) - 2; i > 0; i-- {
		if d, ok := list[i].(*ast.DeferStmt); ok && types.ExprString(d.Call) == unlock {
			return i
		}
		if !quiet(list[i]) {
			return -1
		}
	}
	return -1
}

// quiet reports whether a statement only computes and assigns.
func quiet(s ast.Stmt) bool {
	yes := true
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt, *ast.DeferStmt, *ast.GoStmt, *ast.BranchStmt, *ast.FuncLit, *ast.LabeledStmt:
			yes = false
		case *ast.CallExpr:
			id, ok := n.Fun.(*ast.Ident)
			yes = yes && ok && slices.Contains([]string{"len", "cap", "append", "delete", "min", "max"}, id.Name)
		}
		return yes
	})
	return yes
}

// lines reads the lines of files.
type lines struct{ pass *analysis.Pass }

// around are the text in front of pos and behind end on their lines.
func (l lines) around(pos, end token.Pos) (before, after string, ok bool) {
	file := l.pass.Fset.File(pos)
	source, err := report.Source(l.pass, pos)
	if err != nil {
		return "", "", false
	}
	start := file.Offset(file.LineStart(file.PositionFor(pos, false).Line))
	after, _, _ = strings.Cut(string(source[file.Offset(end):]), "\n")
	return string(source[start:file.Offset(pos)]), after, true
}

// indent is the white space in front of pos, if nothing else is.
func (l lines) indent(pos token.Pos) (string, bool) {
	before, _, ok := l.around(pos, pos)
	return before, ok && strings.Trim(before, "\t") == ""
}

// of is the line of a statement, if it has one to itself.
func (l lines) of(s ast.Stmt) (from, to token.Pos, ok bool) {
	before, after, ok := l.around(s.Pos(), s.End())
	return s.Pos() - token.Pos(len(before)), s.End() + token.Pos(len(after)) + 1, ok && strings.Trim(before+after, "\t") == ""
}
