package conc

import "go/ast"

// Clause is the syntax of case i of a select, and of its default case if i is
// negative; nil if op is no select or has no such case.
func (op *Op) Clause(i int) *ast.CommClause {
	sel, ok := op.Node.(*ast.SelectStmt)
	if !ok {
		return nil
	}
	for _, s := range sel.Body.List {
		clause := s.(*ast.CommClause)
		switch {
		case clause.Comm == nil:
			if i < 0 {
				return clause
			}
		case i >= 0 && commPos(commNode(clause.Comm)) == op.Cases[i].Pos:
			return clause
		}
	}
	return nil
}

// CaseNode is the send or receive of case i of a select, nil if its syntax is
// not known.
func (op *Op) CaseNode(i int) ast.Node {
	if clause := op.Clause(i); clause != nil && clause.Comm != nil {
		return commNode(clause.Comm)
	}
	return nil
}
