package lagignored

import (
	"fmt"
	"strings"

	"github.com/chanlint/chanlint/internal/report"
)

// A variant chooses between the wordings of one category.
type variant uint8

const (
	plain   variant = iota
	unkept          // the value is not kept
	held            // values come another way
	isNil           // the signal is a nil
	blank           // assigned to the blank identifier
	idle            // a handler that does nothing
	unset           // a field that is not set
	ends            // the loop ends
	skips           // the loop goes on without a word
	standby         // a default handler is left in place
)

// word makes the diagnostic of a finding.
func word(g finding) report.Diagnostic {
	return report.Diagnostic{
		Pos: g.at.Pos(), End: g.at.End(),
		Category: g.category,
		Message:  text(g),
		Fixes:    g.fixes,
	}
}

// mostName is the longest subject that a message quotes in full.
const mostName = 40

func shorten(name string) string {
	name = strings.Join(strings.Fields(name), " ")
	if len(name) <= mostName {
		return name
	}
	if i := strings.LastIndexByte(name, '.'); i >= 0 && len(name)-i <= mostName && !strings.ContainsAny(name[i:], "()[]{}") {
		return name[i+1:]
	}
	return "it"
}

func text(g finding) string {
	x := shorten(g.subject)
	switch g.category {
	case ended:
		return endedMessage(g, x)
	case channel:
		return channelMessage(g, x)
	case element:
		if g.variant == isNil {
			return fmt.Sprintf("%s is used without a look for nil, which says that values may be missing; compare it with nil and read the state anew", x)
		}
		return fmt.Sprintf("%s.%s is used but %s.%s is never looked at, so an error or a gap passes for data; check it first", x, g.what, x, g.signal)
	case handler:
		return handlerMessage(g, x)
	case result:
		return fmt.Sprintf("the result of %s, which says %s, is discarded; look at it", x, g.what)
	case lagged:
		return laggedMessage(g, x)
	case drop:
		return fmt.Sprintf("a value is lost without a trace if %s is full; count it, log it or return an error", x)
	case logged:
		if g.variant == skips {
			return fmt.Sprintf("what %s tells is skipped, so what is missing stays missing; resynchronize or return", x)
		}
		return fmt.Sprintf("what %s tells is only logged, so what is missing stays missing; resynchronize or return", x)
	case unasked:
		return unaskedMessage(g, x)
	}
	panic("no category " + g.category)
}

func unaskedMessage(g finding, x string) string {
	switch g.variant {
	case ends:
		return fmt.Sprintf("the error of %s ends this loop, also if it is %s, after which values go on; continue then", x, g.signal)
	case standby:
		return fmt.Sprintf("%s is used without %s, and its default %s; use that to learn of losses", x, g.signal, g.what)
	}
	return fmt.Sprintf("%s is used but nothing here looks for %s, %s; resynchronize then", x, shortName(g.signal), g.what)
}

func shortName(name string) string { return name[strings.LastIndexByte(name, '/')+1:] }

func endedMessage(g finding, x string) string {
	if g.single {
		return singleMessage(g, x)
	}
	switch g.variant {
	case held:
		return fmt.Sprintf("%s.%s is never looked at, so the end of the stream looks like silence; receive from it or check it", x, g.signal)
	case unkept:
		return fmt.Sprintf("the result of %s is not kept, so its %s cannot be asked why the values end; keep it and check", x, g.signal)
	}
	return fmt.Sprintf("%s.%s is used but %s.%s is never checked, so an early end passes for the end of the data; check it then", x, g.what, x, g.signal)
}

func singleMessage(g finding, x string) string {
	if g.variant == unkept {
		return fmt.Sprintf("the result of %s is not kept, so its %s cannot be asked whether it failed; keep it and check", x, g.signal)
	}
	return fmt.Sprintf("%s.%s is used but %s.%s is never checked, so a failure passes for success; check it then", x, g.what, x, g.signal)
}

func channelMessage(g finding, x string) string {
	switch g.variant {
	case blank:
		return fmt.Sprintf("the channel of errors that %s returns is discarded, so a broken stream looks like a quiet one; receive from both", x)
	case unkept:
		return fmt.Sprintf("the result of %s is not kept, so nobody can receive from its %s; keep it and receive from both", x, g.signal)
	}
	if g.what == "" {
		return fmt.Sprintf("nobody receives from %s.%s, so a broken stream looks like a quiet one; receive from it in a select", x, g.signal)
	}
	return fmt.Sprintf("%s.%s is used but nobody receives from %s.%s, which tells of errors and losses; receive from both", x, g.what, x, g.signal)
}

func handlerMessage(g finding, x string) string {
	switch g.variant {
	case idle:
		return fmt.Sprintf("the handler passed to %s ignores what it is told %s; count it, log it or resynchronize", x, g.what)
	case unset:
		return fmt.Sprintf("%s is used without %s, so nobody learns of errors; set it", x, g.signal)
	}
	return fmt.Sprintf("the handler passed to %s is nil, so nobody is told %s; pass one that counts or logs", x, g.what)
}

func laggedMessage(g finding, x string) string {
	switch g.variant {
	case blank:
		return fmt.Sprintf("the error of %s is discarded, so values that are lost are not noticed; look for %s", x, g.signal)
	case ends:
		return fmt.Sprintf("any error of %s ends this loop, but after %s values go on; handle that one and continue", x, g.signal)
	}
	return fmt.Sprintf("no error of %s is told from another, so values lost by %s are not noticed; handle that one", x, g.signal)
}
