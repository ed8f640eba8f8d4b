package lockacrossblock

import (
	"fmt"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/lockset"
	"github.com/chanlint/chanlint/internal/report"
)

// word makes the diagnostic of a finding.
func word(pass *analysis.Pass, r *effect.Result, g finding) report.Diagnostic {
	pos, end := g.pos()
	return report.Diagnostic{
		Pos:      pos,
		End:      end,
		Category: g.category,
		Message:  message(r, g),
		Related:  related(r, g),
		Steps:    func() []report.Step { return steps(pass, r, g) },
	}
}

func message(r *effect.Result, g finding) string {
	subject := subject(r, g)
	switch g.category {
	case relock:
		return wordRelock(r, g, subject)
	case deadlock:
		return wordDeadlock(r, g, subject)
	}
	return fit(
		fmt.Sprintf("%s is held across %s; %s", subject, across(r, g, true), remedy(g)),
		fmt.Sprintf("%s is held across %s; %s", subject, across(r, g, false), remedy(g)),
		fmt.Sprintf("%s is held across %s; unlock it first", subject, across(r, g, false)),
		fmt.Sprintf("%s is held across %s; unlock it first", lockName(g.lock), across(r, g, false)),
		fmt.Sprintf("%s is held across the call to %s; unlock it first", subject, callName(g)),
	)
}

// subject is "s.mu, locked on line 41,".
func subject(r *effect.Result, g finding) string {
	name := lockName(g.lock)
	if g.lock.Op == nil {
		return fmt.Sprintf("%s, which callers of %s hold,", name, g.fn.Name)
	}
	verb := "locked"
	switch g.lock.Mode {
	case lockset.Read:
		verb = "read-locked"
	case lockset.Once:
		verb = "entered"
	}
	return fmt.Sprintf("%s, %s on %s,", name, verb, line(r, g, g.lock.Op))
}

// lockName is the user's expression for a lock.
func lockName(h lockset.Held) string {
	if h.Op != nil {
		switch h.Op.Kind {
		case conc.Lock, conc.RLock, conc.TryLock, conc.TryRLock, conc.Once:
			return h.Op.Expr()
		}
	}
	return h.Lock.String()
}

func line(r *effect.Result, g finding, op *conc.Op) string {
	return report.Line(r.Fset, g.op.Pos(), op.Pos())
}

// across is what the lock is held across: "this send, which may block" or
// "the call to Publish, which sends on b.ch (bus.go:77)".
func across(r *effect.Result, g finding, long bool) string {
	w := g.wait
	at := w.Where
	if w.Op != nil {
		at = line(r, g, w.Op)
	}
	if g.op != w.Op {
		name := g.op.Call.Name
		if long && len(w.Calls) > 1 {
			return fmt.Sprintf("the call to %s, which %s in %s (%s)", name, w.What, w.Calls[len(w.Calls)-1], at)
		}
		return fmt.Sprintf("the call to %s, which %s (%s)", name, w.What, at)
	}
	switch g.op.Kind {
	case conc.Send:
		return "this send, which may block"
	case conc.Recv:
		if g.op.Range {
			return "this range loop, which may block"
		}
		return "this receive, which may block"
	case conc.Select:
		return "this select, which may block"
	case conc.Sleep:
		return "this sleep"
	case conc.Wait, conc.CondWait:
		return g.op.Expr() + ".Wait"
	}
	return fmt.Sprintf("the call to %s, which %s", g.op.Call.Name, w.What)
}

// callName is the name of the call that is reported.
func callName(g finding) string {
	if g.op.Call == nil {
		return "a function"
	}
	return g.op.Call.Name
}

// remedy is what to do about a stall.
func remedy(g finding) string {
	switch {
	case g.op == g.wait.Op && g.op.Kind == conc.Send:
		return "unlock it first or send in a select with default"
	case g.wait.Kind == effect.Delay:
		return fmt.Sprintf("unlock it first, %s needs it", g.contender.Fn.Root().Name)
	}
	return "unlock it first"
}

func wordRelock(r *effect.Result, g finding, subject string) string {
	if g.lock.Mode == lockset.Once {
		return fmt.Sprintf("%s.Do is called again (%s) by the function that it runs, and waits for itself; call that part outside of Do",
			lockName(g.lock), report.Line(r.Fset, g.op.Pos(), g.again.Op.Pos()))
	}
	how := "locked"
	if g.again.Mode == lockset.Read {
		how = "read-locked"
	}
	if g.op == g.again.Op {
		return fmt.Sprintf("%s is %s again here, which waits for itself; unlock it first", subject, how)
	}
	at := report.Line(r.Fset, g.op.Pos(), g.again.Op.Pos())
	return fit(
		fmt.Sprintf("%s is %s again by the call to %s (%s), which waits for itself; unlock it first", subject, how, g.op.Call.Name, at),
		fmt.Sprintf("%s is %s again by the call to %s; unlock it first", subject, how, g.op.Call.Name),
	)
}

func wordDeadlock(r *effect.Result, g finding, subject string) string {
	who := party(g)
	at := report.Line(r.Fset, g.op.Pos(), g.party.Need.Pos())
	return fit(
		fmt.Sprintf("%s is held across %s, and %s needs that lock (%s); unlock it first", subject, across(r, g, true), who, at),
		fmt.Sprintf("%s is held across %s, and %s needs it (%s); unlock it first", subject, across(r, g, false), who, at),
		fmt.Sprintf("%s is held across %s, and %s of %s needs it (%s); unlock it first", subject, shortly(r, g), noun(g), g.wait.Op.Expr(), at),
		fmt.Sprintf("%s is held across %s, and %s needs it (%s); unlock it first", subject, shortly(r, g), who, at),
		fmt.Sprintf("%s is held across %s, whose other side needs it; unlock it first", subject, shortly(r, g)),
	)
}

// shortly is what the lock is held across, without what it does.
func shortly(r *effect.Result, g finding) string {
	if g.op != g.wait.Op {
		return "the call to " + callName(g)
	}
	return strings.TrimSuffix(across(r, g, false), ", which may block")
}

// noun is the role of who would end the wait.
func noun(g finding) string {
	switch g.party.Op.Kind {
	case conc.Close, conc.Send:
		return "the sender"
	case conc.Recv:
		return "the receiver"
	}
	return "the other side"
}

// party names who would end the wait.
func party(g finding) string {
	switch g.party.Op.Kind {
	case conc.Close:
		return "the goroutine that closes it"
	case conc.Send:
		return "its sender"
	case conc.Recv:
		return "its receiver"
	case conc.Signal, conc.Broadcast:
		return "the goroutine that signals it"
	case conc.Done, conc.Go:
		return "a goroutine it waits for"
	}
	return "the other side"
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

// related are the other places of a finding.
func related(r *effect.Result, g finding) []analysis.RelatedInformation {
	var out []analysis.RelatedInformation
	add := func(op *conc.Op, format string, args ...any) {
		out = append(out, analysis.RelatedInformation{
			Pos: op.Pos(), End: op.End(), Message: fmt.Sprintf(format, args...),
		})
	}
	name := lockName(g.lock)
	if g.lock.Op != nil && g.lock.Mode != lockset.Once {
		add(g.lock.Op, "%s is locked here", name)
	}
	switch {
	case g.category == relock && g.again.Op != g.op:
		add(g.again.Op, "%s is locked again here", name)
	case g.category == deadlock:
		add(g.party.Need, "%s needs %s here", g.party.Need.Fn.Root().Name, name)
		if g.party.Op != g.party.Need {
			add(g.party.Op, "the wait would end here")
		}
	case g.contender != nil:
		if op := g.doubt.Op; op != nil {
			add(op, "%s", doubtful(g))
		}
		add(g.contender.Lock.Op, "%s waits for %s here", g.contender.Fn.Root().Name, name)
	}
	if g.wait.Op != nil && g.wait.Op != g.op && len(out) < mostRelated {
		add(g.wait.Op, "it blocks here")
	}
	return out
}

// mostRelated is how many other places a report names.
const mostRelated = 3

// doubtful is why the wait of a stall may last.
func doubtful(g finding) string {
	switch g.doubt.Kind {
	case effect.Called:
		return fmt.Sprintf("it is received here, when %s is called", g.doubt.Op.Fn.Root().Name)
	case effect.Leaving:
		return "its receiver may leave by another case here"
	case effect.Locking:
		return fmt.Sprintf("its receiver takes %s here", lockName(g.lock))
	}
	return "its receiver may wait here meanwhile"
}
