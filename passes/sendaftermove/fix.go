package sendaftermove

import (
	"go/ast"
	"go/types"
	"go/version"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/astutil"

	"github.com/chanlint/chanlint/internal/closing"
	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/handover"
	"github.com/chanlint/chanlint/internal/report"
)

// cloneFix sends a copy.
//
//	out <- buf[:n]
//	       bytes.Clone(buf[:n])
//
// What a struct holds is left to the user: the copy belongs where it is put
// together.
func cloneFix(pass *analysis.Pass, g handover.Finding) []analysis.SuggestedFix {
	e := g.Gift.Expr()
	if e == nil || g.Gift.Member || version.Compare(pass.Pkg.GoVersion(), "go1.21") < 0 && pass.Pkg.GoVersion() != "" {
		return nil
	}
	pkg := ""
	switch u := pass.TypesInfo.TypeOf(e).Underlying().(type) {
	case *types.Slice:
		pkg = "slices"
		if types.Identical(u.Elem(), types.Typ[types.Byte]) {
			pkg = "bytes"
		}
	case *types.Map:
		pkg = "maps"
	default:
		return nil
	}
	name, edits, ok := report.Import(pass, e.Pos(), pkg)
	if !ok {
		return nil
	}
	return []analysis.SuggestedFix{{
		Message: "send a copy",
		TextEdits: slices.Concat(edits, []analysis.TextEdit{
			{Pos: e.Pos(), End: e.Pos(), NewText: []byte(name + ".Clone(")},
			{Pos: e.End(), End: e.End(), NewText: []byte(")")},
		}),
	}}
}

// removeFix removes a close, or a call that closes, in front of a return, if
// a deferred call closes too.
//
//	close(out)
//	----------
//	return err
func removeFix(pass *analysis.Pass, a closing.Again) []analysis.SuggestedFix {
	stmt, next := statement(pass, a.First.At)
	if _, ok := next.(*ast.ReturnStmt); !ok || stmt == nil || a.First.Use.Op != a.First.At {
		return nil
	}
	return []analysis.SuggestedFix{{
		Message:   "remove the first close",
		TextEdits: []analysis.TextEdit{{Pos: stmt.Pos(), End: next.Pos()}},
	}}
}

// stopFix ends the signals before the channel is closed.
//
//	signal.Stop(signals)
//	--------------------
//	close(signals)
func stopFix(pass *analysis.Pass, op *conc.Op) []analysis.SuggestedFix {
	stmt, _ := statement(pass, op)
	call, ok := op.Node.(*ast.CallExpr)
	if stmt == nil || !ok {
		return nil
	}
	name, edits, ok := report.Import(pass, op.Pos(), "os/signal")
	if !ok {
		return nil
	}
	indent := strings.Repeat("\t", pass.Fset.PositionFor(stmt.Pos(), false).Column-1)
	text := name + ".Stop(" + types.ExprString(call.Args[0]) + ")\n" + indent
	return []analysis.SuggestedFix{{
		Message:   "call signal.Stop first",
		TextEdits: append(edits, analysis.TextEdit{Pos: stmt.Pos(), End: stmt.Pos(), NewText: []byte(text)}),
	}}
}

// statement is the statement that op is, and the one after it in its list; nil if
// it is no statement of its own, on a line of its own.
func statement(pass *analysis.Pass, op *conc.Op) (stmt, next ast.Stmt) {
	if op.Node == nil {
		return nil, nil
	}
	f := report.FileAt(pass.Files, op.Pos())
	if f == nil {
		return nil, nil
	}
	path, _ := astutil.PathEnclosingInterval(f, op.Pos(), op.End())
	for j, n := range path {
		s, ok := n.(*ast.ExprStmt)
		if !ok || s.X != op.Node || j+1 == len(path) {
			continue
		}
		list := statements(path[j+1])
		k := slices.Index(list, ast.Stmt(s))
		switch {
		case k < 0 || !ownLine(pass, path[j+1], s):
			return nil, nil
		case k+1 < len(list) && !commented(pass, f, s, list[k+1]):
			return s, list[k+1]
		}
		return s, nil
	}
	return nil, nil
}

func statements(n ast.Node) []ast.Stmt {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return n.List
	case *ast.CaseClause:
		return n.Body
	case *ast.CommClause:
		return n.Body
	}
	return nil
}

// ownLine reports whether s starts the line that it is on, as far as the block
// that it is in tells, and the function around it.
func ownLine(pass *analysis.Pass, block ast.Node, s ast.Stmt) bool {
	line := pass.Fset.PositionFor(s.Pos(), false).Line
	if pass.Fset.PositionFor(block.Pos(), false).Line == line {
		return false
	}
	list := statements(block)
	k := slices.Index(list, s)
	return k == 0 || pass.Fset.PositionFor(list[k-1].End(), false).Line < line
}

// commented reports whether a comment stands between two statements on lines of
// its own.
func commented(pass *analysis.Pass, f *ast.File, s, next ast.Stmt) bool {
	line := pass.Fset.PositionFor(s.End(), false).Line
	return slices.ContainsFunc(f.Comments, func(c *ast.CommentGroup) bool {
		return s.End() <= c.Pos() && c.End() <= next.Pos() && pass.Fset.PositionFor(c.Pos(), false).Line > line
	})
}
