package watchqueue

import (
	"fmt"
	"go/token"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/feed"
	"github.com/chanlint/chanlint/internal/report"
)

// counted says what is done with each item.
func counted(a feed.Act) string {
	subject := a.Name
	switch {
	case a.Kind == feed.Start:
		return "this goroutine is started for each item"
	case subject == "" || subject == "rangeint.iter":
		subject = "this loop"
	}
	switch a.Kind {
	case feed.Sum:
		return subject + " adds up the items"
	case feed.Append:
		return subject + " keeps the items"
	}
	return subject + " counts the items"
}

// wordHistory words a count of what was merged on the way.
func wordHistory(r *effect.Result, c feed.Carrier, u conc.Use, a feed.Act) report.Diagnostic {
	pos, end, ch := received(u)
	at := report.Line(r.Fset, pos, c.Sends[0].Op.Pos())
	why, remedy := "a send that finds it full is dropped", "use a queue such as mpsc"
	if c.Fill == feed.Replacing {
		why = "a newer item replaces the one before"
	}
	if a.Kind == feed.Count || a.Kind == feed.Tally {
		remedy = "count in the sender or use a queue such as mpsc"
	}
	return report.Diagnostic{
		Pos: pos, End: end, Category: history,
		Message: fit(
			fmt.Sprintf("%s of %s, but %s (%s); %s", counted(a), ch, why, at, remedy),
			fmt.Sprintf("%s of %s, but not every one arrives (%s); %s", counted(a), ch, at, remedy),
			fmt.Sprintf("%s, but not every one arrives (%s); %s", counted(a), at, remedy)),
		Related: []analysis.RelatedInformation{
			opAt(c.Sends[0].Op, "items are lost here"), actAt(a), opAt(c.Makes[0], "the channel is made here"),
		},
	}
}

// wordSource words a count of what known says is the newest only.
func wordSource(r *effect.Result, s feed.Source, a feed.Act) report.Diagnostic {
	pos, end, _ := received(conc.Use{Op: s.Op, Case: s.Case})
	remedy := "use a broadcast or mpsc where each one counts"
	if a.Kind == feed.Start {
		remedy = "stop the one before, or use mpsc where each one counts"
	}
	return report.Diagnostic{
		Pos: pos, End: end, Category: history,
		Message: fit(
			fmt.Sprintf("%s of %s, which keeps only the newest; %s", counted(a), s.From, remedy),
			fmt.Sprintf("%s of %s, which keeps only the newest; look at the state instead", counted(a), s.From)),
		Related: []analysis.RelatedInformation{actAt(a)},
	}
}

// wordSingle words a queue of which one item is taken for each wake-up.
func wordSingle(r *effect.Result, c feed.Carrier, u conc.Use, a feed.Act) report.Diagnostic {
	pos, end, ch := received(u)
	at := report.Line(r.Fset, pos, c.Sends[0].Op.Pos())
	return report.Diagnostic{
		Pos: pos, End: end, Category: single,
		Message: fit(
			fmt.Sprintf("one item of %s is taken for each receive from %s, but wake-ups merge (%s); take all that is there before the next wait", a.Name, ch, at),
			fmt.Sprintf("one item is taken for each receive from %s, but wake-ups merge (%s); take all that is there before the next wait", ch, at)),
		Related: []analysis.RelatedInformation{
			opAt(c.Sends[0].Op, "a wake-up is left out here if one is pending"), actAt(a), opAt(c.Makes[0], "the channel is made here"),
		},
	}
}

// wordUnheard words a wake-up that needs its receiver to wait.
func wordUnheard(r *effect.Result, c feed.Carrier) report.Diagnostic {
	send := c.Sends[0]
	pos, end := send.Op.CaseRange(send.Case)
	d := report.Diagnostic{
		Pos: pos, End: end, Category: unheard,
		Message: fmt.Sprintf("this wake-up on %s is lost unless a receiver waits at this moment (%s); make the channel with capacity 1",
			send.Op.CaseExpr(send.Case), report.Line(r.Fset, pos, c.Recvs[0].Op.Pos())),
		Related: []analysis.RelatedInformation{
			opAt(c.Recvs[0].Op, "it is received here"), opAt(c.Makes[0], "the channel is made here"),
		},
	}
	if fix, ok := capacityFix(c); ok {
		d.Fixes = []analysis.SuggestedFix{fix}
	}
	return d
}

// wordBaton words a waiter that takes a wake-up along.
func wordBaton(pass *analysis.Pass, r *effect.Result, d feed.Dropped) report.Diagnostic {
	pos, end, ch := received(d.Wait)
	subject, remedy := "the receive from "+ch, "send it again before leaving"
	if d.Wait.Op.Kind == conc.CondWait {
		subject, remedy = ch+".Wait", "call Signal before leaving"
	}
	return report.Diagnostic{
		Pos: pos, End: end, Category: baton,
		Message: fmt.Sprintf("%s may take a wake-up along when %s gives up (%s); %s, or test the state first",
			subject, d.Wait.Op.Fn.Root().Name, report.Line(r.Fset, pos, d.Leave), remedy),
		Related: []analysis.RelatedInformation{
			at(d.Leave, d.Leave, "it leaves here"), opAt(d.Signal, "one waiter is woken here"),
		},
		Fixes: batonFix(pass, d),
	}
}

// wordBlind words a wait that tests nothing.
func wordBlind(r *effect.Result, op *conc.Op) report.Diagnostic {
	wake := feed.Wakes(r, op)[0]
	return report.Diagnostic{
		Pos: op.Pos(), End: op.End(), Category: late,
		Message: fmt.Sprintf("%s.Wait misses a wake-up that came before (%s), because no state is tested; wait in a loop over a condition",
			op.Expr(), report.Line(r.Fset, op.Pos(), wake.Pos())),
		Related: []analysis.RelatedInformation{opAt(wake, "the wake-up comes from here")},
	}
}

// wordLate words a subscription that comes too late.
func wordLate(r *effect.Result, l feed.Late) report.Diagnostic {
	return report.Diagnostic{
		Pos: l.Subscribe.Pos(), End: l.Subscribe.End(), Category: late,
		Message: fmt.Sprintf("%s comes after what is published (%s), so that it may miss all of it; subscribe first",
			l.Subscribe.Call.Name, report.Line(r.Fset, l.Subscribe.Pos(), l.Publish.Pos())),
		Related: []analysis.RelatedInformation{opAt(l.Publish, "it is published from here")},
	}
}

// wordPolled words a loop over an atomic value.
func wordPolled(p poll) report.Diagnostic {
	return report.Diagnostic{
		Pos: p.load.Pos(), End: p.load.End(), Category: polled,
		Message: fmt.Sprintf("%s may change more than once between two looks, but this loop acts on each change; use a broadcast, or a watch for the newest",
			p.name),
	}
}

// received is where a use receives, and the user's name for the channel.
func received(u conc.Use) (pos, end token.Pos, ch string) {
	if u.Case >= 0 {
		pos, end = u.Op.CaseRange(u.Case)
		return pos, end, u.Op.CaseExpr(u.Case)
	}
	return u.Op.Pos(), u.Op.End(), u.Op.Expr()
}

func opAt(op *conc.Op, what string) analysis.RelatedInformation { return at(op.Pos(), op.End(), what) }

func actAt(a feed.Act) analysis.RelatedInformation {
	return at(a.Pos(), a.Pos(), "it is done once for each item here")
}

func at(pos, end token.Pos, what string) analysis.RelatedInformation {
	return analysis.RelatedInformation{Pos: pos, End: end, Message: what}
}

// fit is the first text that is short enough, or the last.
func fit(texts ...string) string {
	for _, t := range texts {
		if len(t) <= report.MaxMessage {
			return t
		}
	}
	return texts[len(texts)-1]
}
