package sendaftermove

import (
	"fmt"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/closing"
	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/handover"
	"github.com/chanlint/chanlint/internal/report"
)

// here is a related position.
func here(op *conc.Op, format string, args ...any) analysis.RelatedInformation {
	return analysis.RelatedInformation{Pos: op.Pos(), End: op.End(), Message: fmt.Sprintf(format, args...)}
}

// chanName is the user's expression for the channel of an event.
func chanName(e closing.Event) string {
	use, at := e.Use, e.At
	if at.Inner != nil {
		at = at.Inner
	}
	switch {
	case use.Op == nil || use.Op.Fn.Root() != at.Fn.Root():
	case use.Case >= 0:
		return use.Op.CaseExpr(use.Case)
	default:
		return use.Op.Expr()
	}
	if at.Call == nil {
		return use.Chan.String()
	}
	for i, arg := range at.Call.Args {
		if s := at.ArgExpr(i); arg == use.Chan && s != "" {
			return s
		}
	}
	if obj := at.Call.Obj; obj != nil && obj.Signature().Recv() != nil && use.Chan.Within(at.Call.Args[0]) {
		return at.Expr() + use.Chan.After(at.Call.Args[0])
	}
	return use.Chan.String()
}

// span is what to report of an event.
func span(e closing.Event) (pos, end token.Pos) {
	if e.Use.Op == e.At && e.Use.Case >= 0 {
		if n := e.At.CaseNode(e.Use.Case); n != nil {
			return n.Pos(), n.End()
		}
	}
	return e.At.Pos(), e.At.End()
}

func wordAgain(r *effect.Result, a closing.Again) report.Diagnostic {
	then, first := a.Then, a.First
	if precedesDeferred(a) {
		return wordDeferred(r, a)
	}
	pos, end := span(then)
	d := report.Diagnostic{Pos: pos, End: end, Category: twice}
	name, line := chanName(then), report.Line(r.Fset, pos, first.At.Pos())
	how := "is closed again"
	if then.Use.Kind == conc.Send {
		d.Category, how = closed, "is sent on"
	}
	if then.Use.Op != then.At {
		by := "call"
		if then.Started() {
			by = "goroutine"
		}
		how += fmt.Sprintf(" by this %s (%s)", by, where(r, pos, then.Use))
	}
	after := "the close on " + line
	switch {
	case first.Started():
		after = fmt.Sprintf("the goroutine started on %s closes it", line)
	case first.Use.Op != first.At:
		after = fmt.Sprintf("the call to %s on %s", first.At.Call.Name, line)
	}
	switch {
	case a.InLoop() && first.Started():
		d.Message = fmt.Sprintf("%s is closed by every goroutine that is started here, and the second close panics; close it once, after all have ended", name)
	case a.InLoop():
		d.Message = fmt.Sprintf("%s is closed again in the next round of the loop, which panics; close it after the loop", name)
	case d.Category == closed:
		d.Message = fmt.Sprintf("%s %s after %s, which panics; close it after the last send", name, how, after)
	default:
		d.Message = fmt.Sprintf("%s %s after %s, which panics; close it once", name, how, after)
	}
	if first.At != then.At {
		d.Related = append(d.Related, here(first.At, "%s is closed here", chanName(first)))
	}
	return d
}

// wordDeferred reports the close that a deferred one follows, which is the one
// to remove.
func wordDeferred(r *effect.Result, a closing.Again) report.Diagnostic {
	pos, end := span(a.First)
	return report.Diagnostic{
		Pos: pos, End: end, Category: twice,
		Message: fmt.Sprintf("%s is closed here and again by the deferred call on %s, which panics; close it once",
			chanName(a.First), report.Line(r.Fset, pos, a.Then.At.Pos())),
		Related: []analysis.RelatedInformation{here(a.Then.At, "the close is deferred here")},
	}
}

// wordHandle words the use of a handle of the companion library.
func wordHandle(r *effect.Result, a closing.Again) report.Diagnostic {
	pos, end := span(a.Then)
	how, remedy := "fails", "close it after the last send"
	if use := a.Then.Use.Op.Call; use.Obj.Signature().Recv() != nil {
		switch typ := types.TypeString(use.Obj.Signature().Recv().Type(), func(*types.Package) string { return "" }); {
		case strings.HasPrefix(typ, "Permit"):
			how, remedy = "panics", "reserve another one"
		case strings.HasPrefix(typ, "Sender"): // of a oneshot, as it is no pointer
			how, remedy = "is dropped", "send once"
		}
	}
	d := report.Diagnostic{Pos: pos, End: end, Category: closed}
	name := chanName(a.Then)
	if a.InLoop() {
		d.Message = fmt.Sprintf("%s is used again in the next round of the loop, which %s; %s", name, how, remedy)
		return d
	}
	d.Message = fmt.Sprintf("%s is used after the call of %s on %s, which %s; %s", name, a.First.Use.Op.Call.Name, report.Line(r.Fset, pos, a.First.At.Pos()), how, remedy)
	d.Related = append(d.Related, here(a.First.At, "%s is given up here", chanName(a.First)))
	return d
}

// where is the place of a use, as seen from pos.
func where(r *effect.Result, pos token.Pos, u effect.ChanUse) string {
	if u.Op == nil {
		return u.Where
	}
	return report.Line(r.Fset, pos, u.Op.Pos())
}

func wordRace(r *effect.Result, c closing.Race) report.Diagnostic {
	op := c.Close.At
	return report.Diagnostic{
		Pos: op.Pos(), End: op.End(), Category: racing,
		Message: fmt.Sprintf("%s is closed while the goroutine started on %s may still send on it, which panics; wait for it first",
			chanName(c.Close), report.Line(r.Fset, op.Pos(), c.Sender.At.Pos())),
		Related: []analysis.RelatedInformation{here(c.Sender.Use.Op, "the goroutine sends here")},
	}
}

func wordSignal(r *effect.Result, op, notify *conc.Op) report.Diagnostic {
	return report.Diagnostic{
		Pos: op.Pos(), End: op.End(), Category: racing,
		Message: fmt.Sprintf("%s is closed, but signals are still sent on it (%s), which panics; call signal.Stop first",
			op.Expr(), report.Line(r.Fset, op.Pos(), notify.Pos())),
		Related: []analysis.RelatedInformation{here(notify, "signals are asked for here")},
	}
}

func wordElement(r *effect.Result, op, other *conc.Op) report.Diagnostic {
	return report.Diagnostic{
		Pos: op.Pos(), End: op.End(), Category: element,
		Message: fmt.Sprintf("%s is closed but stays in %s, where %s finds it (%s); delete it too",
			op.Expr(), op.Place.Container(), other.Fn.Root().Name, report.Line(r.Fset, op.Pos(), other.Pos())),
		Related: []analysis.RelatedInformation{here(other, "the elements are used here")},
	}
}

func wordGuard(op, a, b *conc.Op) report.Diagnostic {
	d := report.Diagnostic{
		Pos: op.Pos(), End: op.End(), Category: guard,
		Message: fmt.Sprintf("%s may be closed by two callers of %s at once, both past the select; close it in a sync.Once or under a lock",
			op.Expr(), op.Fn.Root().Name),
	}
	for _, call := range []*conc.Op{a, b} {
		if call != nil {
			d.Related = append(d.Related, here(call, "%s is called here", op.Fn.Root().Name))
		}
	}
	return d
}

func wordUnguarded(r *effect.Result, op, other *conc.Op) report.Diagnostic {
	return report.Diagnostic{
		Pos: op.Pos(), End: op.End(), Category: unguarded,
		Message: fmt.Sprintf("%s is closed here and by %s (%s), and nothing keeps them from doing both; close it in a sync.Once",
			op.Expr(), other.Fn.Root().Name, report.Line(r.Fset, op.Pos(), other.Pos())),
		Related: []analysis.RelatedInformation{here(other, "it is closed here too")},
	}
}

func wordPublic(r *effect.Result, op, send *conc.Op) report.Diagnostic {
	return report.Diagnostic{
		Pos: op.Pos(), End: op.End(), Category: racing,
		Message: fmt.Sprintf("%s is closed while a call of %s may send on it (%s), which panics; close another channel to stop",
			op.Expr(), send.Fn.Name, report.Line(r.Fset, op.Pos(), send.Pos())),
		Related: []analysis.RelatedInformation{here(send, "the send is here")},
	}
}

// wordUnlocked reports the send, which is what has to change.
func wordUnlocked(r *effect.Result, op, send, lock *conc.Op) report.Diagnostic {
	return report.Diagnostic{
		Pos: send.Pos(), End: send.End(), Category: racing,
		Message: fmt.Sprintf("this send comes after %s was unlocked, so %s may have closed the channel (%s), which panics; send under the lock",
			lock.Expr(), op.Fn.Root().Name, report.Line(r.Fset, send.Pos(), op.Pos())),
		Related: []analysis.RelatedInformation{here(lock, "%s is locked here", lock.Expr()), here(op, "the channel is closed here")},
	}
}

func wordRestarted(r *effect.Result, op *conc.Op, u effect.ChanUse) report.Diagnostic {
	d := report.Diagnostic{
		Pos: op.Pos(), End: op.End(), Category: unguarded,
		Message: fmt.Sprintf("%s is closed by the goroutine that each call of %s starts (%s), and a second close panics; make it anew here",
			u.Chan, op.Fn.Name, where(r, op.Pos(), u)),
	}
	if u.Op != nil {
		d.Related = append(d.Related, here(u.Op, "it is closed here"))
	}
	return d
}

func wordValue(r *effect.Result, f *conc.Func, g handover.Finding) report.Diagnostic {
	pos, end := g.Gift.At.Pos(), g.Gift.At.End()
	name := "what is sent here"
	if e := g.Gift.Expr(); e != nil {
		pos, end = e.Pos(), e.End()
		if s := types.ExprString(e); len(s) <= 40 {
			name = s
		}
	}
	d := report.Diagnostic{Pos: pos, End: end, Category: category(g)}
	at := report.Line(r.Fset, pos, g.Pos)
	switch g.How {
	case handover.Pooled:
		d.Message = fmt.Sprintf("%s is put back to the pool (%s) while its receiver may still use it; have the receiver put it back", name, at)
	case handover.Retained:
		d.Message = fmt.Sprintf("%s belongs to the caller again when %s returns (%s), but the receiver may still use it; send a copy", name, f.Name, at)
	case handover.Deserted:
		d.Message = fmt.Sprintf("%s belongs to the caller again when %s gives up (%s), but the receiver may still use it; send a copy", name, f.Name, at)
	case handover.Reused, handover.Reset:
		d.Message = fmt.Sprintf("%s is used again (%s) after it was sent, so the receiver may see it change; send a copy", name, at)
	default:
		d.Message = fmt.Sprintf("%s is modified (%s) after it was sent, so the receiver may see it change; send a copy", name, at)
	}
	return d
}
