package unbounded

import (
	"fmt"
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/limit"
	"github.com/chanlint/chanlint/internal/report"
)

// wordCapacity words a channel with room for many.
func wordCapacity(c room, made calls) report.Diagnostic {
	pos, end, name := made.of(c.op)
	what := fmt.Sprintf("%d elements", c.count)
	if c.size > 0 {
		what = fmt.Sprintf("%d elements of %s, %s in all", c.count, amount(c.size), amount(c.count*c.size))
	}
	return report.Diagnostic{
		Pos: pos, End: end, Category: capacity,
		Message: fmt.Sprintf("%s has room for %s, which hides a receiver that is too slow; size it for a burst", name, what),
	}
}

// amount is a number of bytes for people.
func amount(n int64) string {
	switch {
	case n == 1:
		return "1 byte"
	case n < 10<<10:
		return fmt.Sprintf("%d bytes", n)
	case n < 10<<20:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d MiB", n>>20)
}

// wordInput words a capacity that somebody else decides.
func wordInput(s limit.Size, made calls) report.Diagnostic {
	pos, end, name := made.of(s.Make)
	why := ""
	switch s.From {
	case limit.Request:
		why = fmt.Sprintf("gets its room from %s, which a peer chooses", s.What)
	case limit.Argument:
		why = fmt.Sprintf("gets its room from %s, which any caller chooses", s.What)
	case limit.Product:
		why = "gets the product of two numbers as its room"
	}
	return report.Diagnostic{
		Pos: pos, End: end, Category: input,
		Message: fmt.Sprintf("%s %s, without a limit; cap it with min", name, why),
	}
}

// wordBridge words a list between two channels.
func wordBridge(r *effect.Result, q limit.Queue) report.Diagnostic {
	ch := q.Recv.Op.Expr()
	if q.Recv.Case >= 0 {
		ch = q.Recv.Op.CaseExpr(q.Recv.Case)
	}
	return report.Diagnostic{
		Pos: q.Append, End: q.Append + 1, Category: growth,
		Message: fmt.Sprintf("%s grows with each receive from %s while nobody takes its items (%s); receive only while it is short",
			list(q), ch, report.Line(r.Fset, q.Append, q.Take)),
		Related: []analysis.RelatedInformation{at(q.Take, q.Take, "its first item is taken off here")},
	}
}

// wordMailbox words a list under a lock.
func wordMailbox(r *effect.Result, q limit.Queue) report.Diagnostic {
	return report.Diagnostic{
		Pos: q.Append, End: q.Append + 1, Category: growth,
		Message: fmt.Sprintf("%s grows with each call of %s however far behind its reader is (%s); let it block or return an error when that is long",
			list(q), q.Fn.Root().Name, report.Line(r.Fset, q.Append, q.Take)),
		Related: []analysis.RelatedInformation{at(q.Take, q.Take, "its first item is taken off here")},
	}
}

func list(q limit.Queue) string {
	if q.Name == "" {
		return "this list"
	}
	return q.Name
}

// wordSpawn words a goroutine for each item.
func wordSpawn(r *effect.Result, s limit.Spawn) report.Diagnostic {
	ch := s.Item.Op.Expr()
	if s.Item.Case >= 0 {
		ch = s.Item.Op.CaseExpr(s.Item.Case)
	}
	where := report.Line(r.Fset, s.Go.Pos(), s.Blocks.Pos())
	what, remedy := "may block on a send", "limit them with a semaphore or errgroup.SetLimit"
	if s.Permit {
		what, remedy = "waits for a permit", "get the permit before the go statement"
	}
	return report.Diagnostic{
		Pos: s.Go.Pos(), End: s.Go.End(), Category: goroutine,
		Message: fmt.Sprintf("each item from %s starts a goroutine that %s (%s), however many wait there; %s", ch, what, where, remedy),
		Related: []analysis.RelatedInformation{opAt(s.Blocks, "it blocks here"), opAt(s.Item.Op, "the items come from here")},
	}
}

// wordLibrary words a queue of a library.
func wordLibrary(call *ast.CallExpr) report.Diagnostic {
	return report.Diagnostic{
		Pos: call.Pos(), End: call.End(), Category: growth,
		Message: "this queue grows as long as its reader is behind; use one with a capacity",
	}
}

func opAt(op *conc.Op, what string) analysis.RelatedInformation { return at(op.Pos(), op.End(), what) }

func at(pos, end token.Pos, what string) analysis.RelatedInformation {
	return analysis.RelatedInformation{Pos: pos, End: end, Message: what}
}
