package selectstarve

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/report"
)

// word makes the diagnostic of a finding.
func (c *checker) word(g finding) report.Diagnostic {
	d := report.Diagnostic{Pos: g.pos, End: g.end, Category: g.category, Fixes: c.fixes(g)}
	if !d.Pos.IsValid() {
		n := node(g.use)
		d.Pos, d.End = n.Pos(), n.End()
	}
	d.Message = c.message(g)
	d.Related = related(g)
	return d
}

// node is the syntax of what is reported.
func node(u conc.Use) ast.Node {
	if u.Case >= 0 {
		if n := u.Op.CaseNode(u.Case); n != nil {
			return n
		}
	}
	return u.Op.Node
}

// name is the user's expression for the channel of u.
func name(u conc.Use) string {
	if u.Case >= 0 {
		return u.Op.CaseExpr(u.Case)
	}
	return u.Op.Expr()
}

func expr(e ast.Expr) string { return types.ExprString(e) }

func (c *checker) message(g finding) string {
	ch := name(g.use)
	switch g.category {
	case closed:
		return c.wordClosed(g, ch)
	case breaks:
		return fmt.Sprintf("this break leaves the select but not the loop, which then spins because %s is closed; leave the loop", ch)
	case spin:
		return "this select spins while no case is ready; remove the default case or wait on a timer"
	case timer:
		if g.at.Op == nil {
			return "this timer is made when the select is entered, and the default case leaves it no time to fire; make a ticker in front of the loop"
		}
		return fmt.Sprintf("this timer starts anew whenever %s is ready, so it may never fire; make a ticker in front of the loop", name(g.at))
	case priority:
		return fmt.Sprintf("%s goes first by %s, but select chooses among what is ready at random; look at %s first", ch, g.name, ch)
	case forgotten:
		return fmt.Sprintf("%s goes first (%s), but this wait for %s leaves it out; add a case for it", name(g.at), c.line(g, g.other), ch)
	case unsubscribe:
		what := "this send"
		if g.other != g.use.Op {
			what = "the call to " + g.other.Call.Name
		}
		return fmt.Sprintf("%s blocks on a subscriber that waits to be removed (%s); send in a select with default or with its done channel",
			what, report.Line(c.Fset, g.pos, g.at.Op.Cases[g.at.Case].Pos))
	case result:
		return fmt.Sprintf("the result is nil or the context's error at random, because %s is ready too once the context ends; test ctx.Err first", ch)
	case wait:
		return fmt.Sprintf("%s goes unheard during this wait; wait in a select with a case for it", name(g.at))
	}
	panic("selectstarve: no words for category " + g.category)
}

func (c *checker) wordClosed(g finding, ch string) string {
	switch {
	case g.nils:
		return fmt.Sprintf("%s is closed when %s, and this receive then gives nil, which is used; test ok and leave the loop", ch, g.name)
	case g.name != "" && !c.asks(g.use):
		return fmt.Sprintf("%s is closed when %s, and this receive then never waits, so the loop spins; test ok and leave the loop", ch, g.name)
	case g.other != nil:
		return fmt.Sprintf("%s is closed (%s), and this receive then never waits, so the loop spins; test ok and leave the loop", ch, c.line(g, g.other))
	case c.asks(g.use):
		return fmt.Sprintf("this receive from %s never waits once that is closed, and the loop spins; leave the loop or set the channel to nil", ch)
	}
	return fmt.Sprintf("%s stays ready once the context ends, and this case does not leave the loop, which spins; return", ch)
}

func (c *checker) line(g finding, op *conc.Op) string {
	return report.Line(c.Fset, node(g.use).Pos(), op.Pos())
}

// related are the other places of a finding.
func related(g finding) []analysis.RelatedInformation {
	var out []analysis.RelatedInformation
	add := func(n ast.Node, format string, args ...any) {
		if n == nil {
			return // in the initializer of a variable
		}
		out = append(out, analysis.RelatedInformation{Pos: n.Pos(), End: n.End(), Message: fmt.Sprintf(format, args...)})
	}
	switch {
	case g.category == closed && g.other != nil:
		add(g.other.Node, "%s is closed here", name(g.use))
	case g.category == timer:
		add(g.other.Node, "the timer is made here")
		if g.at.Op != nil {
			add(node(g.at), "%s puts it off here", name(g.at))
		}
	case g.category == priority:
		add(node(g.at), "%s is chosen as often here", name(g.at))
	case g.category == forgotten:
		add(node(g.at), "%s is taken first here", name(g.at))
	case g.category == unsubscribe:
		add(node(g.at), "subscribers are removed here")
		add(g.use.Op.Node, "the send is here")
	}
	return out
}
