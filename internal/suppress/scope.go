package suppress

import (
	"go/ast"
	"go/token"
	"math"
)

// A span is a range of physical lines of one file, both ends included.
type span struct{ from, to int }

func (s span) contains(line int) bool { return s.from <= line && line <= s.to }

// wholeFile is the span of a directive that covers its file.
var wholeFile = span{1, math.MaxInt}

// A layout answers, for one file, where code stands relative to a comment.
//
// It is built only for files that have a directive, by one walk of the
// syntax: which lines have code at all, and which nodes start on a line.
type layout struct {
	file    *token.File
	pkgLine int
	code    map[int]bool       // lines on which a node starts or ends
	starts  map[int][]ast.Node // nodes by the line they start on, outermost first
}

func newLayout(file *token.File, f *ast.File) *layout {
	l := &layout{file: file, code: make(map[int]bool), starts: make(map[int][]ast.Node)}
	l.pkgLine = l.line(f.Package)
	l.code[l.pkgLine] = true
	ast.Inspect(f, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.CommentGroup, *ast.Comment:
			return false // not code
		case *ast.File:
			return true // starts at its package clause, ends anywhere
		}
		if n.Pos().IsValid() {
			first := l.line(n.Pos())
			l.code[first] = true
			l.code[l.line(lastPos(n))] = true
			l.starts[first] = append(l.starts[first], n)
		}
		return true
	})
	return l
}

// lastPos returns the position of the last byte of n.
func lastPos(n ast.Node) token.Pos {
	return max(n.Pos(), n.End()-1)
}

func (l *layout) line(pos token.Pos) int { return l.file.PositionFor(pos, false).Line }

func (l *layout) column(pos token.Pos) int { return l.file.PositionFor(pos, false).Column }

// ownLine reports whether no code shares the line of the comment.
func (l *layout) ownLine(c *ast.Comment) bool { return !l.code[l.line(c.Pos())] }

// scope returns the lines that d, written as comment c of group, covers.
func (l *layout) scope(d directive, c *ast.Comment, group *ast.CommentGroup) span {
	line, next := l.line(c.Pos()), l.line(lastPos(group))+1
	switch {
	case d.form == formLintFile,
		d.form == formIgnore && line <= l.pkgLine,
		d.form == formNolint && next == l.pkgLine:
		return wholeFile
	case !l.ownLine(c):
		return span{line, line}
	}
	s := span{line, next}
	if d.form == formNolint {
		s.to = line // and no further, unless a node is aligned with it
	}
	for _, n := range l.starts[next] {
		switch {
		case d.form == formNolint:
			if l.column(n.Pos()) == l.column(group.Pos()) {
				s.to = max(s.to, l.line(lastPos(n)))
			}
		case d.form == formIgnore && isDeclaration(n):
			s.to = max(s.to, l.line(lastPos(n)))
		default:
			s.to = max(s.to, l.line(headEnd(n)))
		}
	}
	return s
}

// isDeclaration reports whether a doc comment on n speaks for all of n.
func isDeclaration(n ast.Node) bool {
	switch n.(type) {
	case ast.Decl, ast.Spec, *ast.Field:
		return true
	}
	return false
}

// headEnd returns where n's first block opens, or n's end if it has none: a
// directive above "for range f(" covers the lines of the call, not the body.
func headEnd(n ast.Node) token.Pos {
	end := lastPos(n)
	ast.Inspect(n, func(n ast.Node) bool {
		var open token.Pos
		switch n := n.(type) {
		case *ast.BlockStmt:
			open = n.Lbrace
		case *ast.CaseClause:
			open = n.Colon
		case *ast.CommClause:
			open = n.Colon
		default:
			return true
		}
		end = min(end, open)
		return false
	})
	return end
}
