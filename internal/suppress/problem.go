package suppress

import (
	"fmt"
	"go/token"
	"slices"
	"strings"
	"unicode/utf8"
)

// The categories of problems.
const (
	Malformed = "malformed"
	Unused    = "unused"
)

// A Problem is something wrong with a directive itself.
type Problem struct {
	Pos, End  token.Pos // of the comment
	Category  string    // Malformed or Unused
	Message   string
	Removable bool // the comment says nothing else and can go
	OwnLine   bool // no code shares its line
}

func (e *entry) problem(category, message string) Problem {
	return Problem{Pos: e.pos, End: e.end, Category: category, Message: message, OwnLine: e.ownLine}
}

// Malformed returns a problem for each directive addressed to chanlint that
// has no effect because of how it is written. The only valid names of passes
// are those in passes.
func (x *Index) Malformed(passes []string) []Problem {
	var problems []Problem
	for _, e := range x.all {
		if msg := e.fault(passes); msg != "" {
			problems = append(problems, e.problem(Malformed, msg))
		}
	}
	return problems
}

// fault words what is wrong with e, or returns "".
func (e *entry) fault(passes []string) string {
	switch e.form {
	case formIgnore:
		return ignoreFault(e.directive, passes)
	case formOther:
		return otherFault(e.directive)
	case formSpaced:
		// Prose about the directive looks the same, unless it goes on
		// with the name of a pass.
		if len(e.names) > 0 && slices.Contains(passes, e.names[0]) {
			return "a space after // keeps this comment from being a directive; remove it"
		}
	case formLintIgnore, formLintFile:
		if e.reason == "" && slices.ContainsFunc(e.names, func(name string) bool {
			return name == suiteName || slices.Contains(passes, name)
		}) {
			return noReason
		}
	}
	return ""
}

const noReason = "this directive gives no reason, so it silences nothing; add a reason behind the name"

func ignoreFault(d directive, passes []string) string {
	if len(d.names) == 0 {
		return "this directive names no pass; write chanlint:ignore PASS REASON"
	}
	for _, name := range d.names {
		if !slices.Contains(passes, name) {
			return unknownPass(name, passes)
		}
	}
	if d.reason == "" {
		return noReason
	}
	return ""
}

func unknownPass(name string, passes []string) string {
	remedy := "use a name that chanlint help lists"
	if near := nearest(name, passes); near != "" {
		remedy = "write " + near
	}
	return fmt.Sprintf("%s is not a pass of chanlint; %s", shorten(name), remedy)
}

func otherFault(d directive) string {
	switch d.verb {
	case verbBlocks:
		return ""
	case verbLagSignal:
		if len(d.names) == 0 {
			return "this directive names no function; write chanlint:lagsignal NAME"
		}
		return ""
	case verbPriority:
		if !isRanking(strings.Join(d.names, " ")) {
			return "this directive ranks nothing; write chanlint:priority HIGH > LOW"
		}
		return ""
	}
	near := nearest(d.verb, verbs)
	if near == "" {
		return fmt.Sprintf("chanlint:%s is not a directive; remove it or write chanlint:ignore", shorten(d.verb))
	}
	return fmt.Sprintf("chanlint:%s is not a directive; write chanlint:%s", shorten(d.verb), near)
}

// isRanking reports whether s is of the form "a > b > c".
func isRanking(s string) bool {
	parts := strings.Split(s, ">")
	empty := func(part string) bool { return strings.TrimSpace(part) == "" }
	return len(parts) > 1 && !slices.ContainsFunc(parts, empty)
}

func unusedMessage(unused []string, total int) string {
	if len(unused) == total {
		return "nothing is silenced by this directive; remove it"
	}
	names := shorten(strings.Join(unused, " and "))
	return fmt.Sprintf("nothing of %s is silenced by this directive; remove that name", names)
}

// shorten limits what a message quotes from a comment, so that the message
// keeps to its line, and leaves out what would not print.
func shorten(s string) string {
	const limit = 40
	s = strings.Map(func(r rune) rune {
		if r == '`' || r == utf8.RuneError || r < ' ' {
			return '?'
		}
		return r
	}, s)
	if len(s) <= limit {
		return s
	}
	cut := limit
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "..."
}

// nearest returns the candidate that name is most likely a slip of, or "".
// The first of equally near candidates wins.
func nearest(name string, candidates []string) string {
	best, bestDistance := "", max(2, len(name)/3)+1
	for _, c := range candidates {
		if d := distance(strings.ToLower(name), c); d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best
}

// distance returns the Levenshtein distance of a and b, in bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
