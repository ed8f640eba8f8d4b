package suppress

import (
	"path"
	"strings"
	"unicode"
)

// A form is one of the ways to write a directive.
type form int

const (
	formIgnore     form = iota // //chanlint:ignore PASS REASON
	formOther                  // any other //chanlint: comment
	formSpaced                 // "// chanlint:ignore", which Go does not treat as a directive
	formNolint                 // //nolint, //nolint:NAME
	formLintIgnore             // //lint:ignore NAME REASON
	formLintFile               // //lint:file-ignore NAME REASON
)

// suiteName is what stands for all passes in directives shared with other linters.
const suiteName = "chanlint"

// The verbs of the //chanlint: directives.
const (
	verbIgnore    = "ignore"
	verbLagSignal = "lagsignal"
	verbBlocks    = "blocks"
	verbPriority  = "priority"
)

// verbs lists what may follow "//chanlint:".
var verbs = []string{verbIgnore, verbLagSignal, verbBlocks, verbPriority}

// A directive is the parsed text of one comment.
type directive struct {
	form   form
	verb   string   // for formIgnore, formOther and formSpaced
	names  []string // as written; for formOther, the arguments
	all    bool     // formNolint without names
	reason string   // but for formNolint
}

// parseDirective parses the text of a comment, its marker included. It
// reports false if the comment is not a directive that concerns us.
func parseDirective(text string) (directive, bool) {
	body, ok := strings.CutPrefix(text, "//")
	if !ok {
		return directive{}, false // directives are line comments
	}
	body = strings.TrimRightFunc(body, unicode.IsSpace)
	if rest, ok := strings.CutPrefix(body, suiteName+":"); ok {
		return parseOwn(rest), true
	}
	if rest, ok := strings.CutPrefix(body, "lint:ignore "); ok {
		return parseNamed(formLintIgnore, rest), true
	}
	if rest, ok := strings.CutPrefix(body, "lint:file-ignore "); ok {
		return parseNamed(formLintFile, rest), true
	}
	// Code in a documentation comment stands behind a tab.
	if rest, ok := strings.CutPrefix(strings.TrimLeft(body, " "), suiteName+":"+verbIgnore+" "); ok {
		d := parseNamed(formSpaced, rest)
		d.verb = verbIgnore
		return d, true
	}
	trimmed := strings.TrimLeft(body, "/ \t")
	if rest, ok := strings.CutPrefix(trimmed, "nolint"); ok {
		return parseNolint(rest)
	}
	return directive{}, false
}

// parseOwn parses what follows "//chanlint:".
func parseOwn(rest string) directive {
	verb, args := cutSpace(rest)
	if verb == verbIgnore {
		d := parseNamed(formIgnore, args)
		d.verb = verb
		return d
	}
	return directive{form: formOther, verb: verb, names: strings.Fields(args)}
}

// parseNamed parses "NAME[,NAME] REASON", where spaces may follow a comma.
func parseNamed(f form, rest string) directive {
	d := directive{form: f}
	for {
		rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
		end := strings.IndexFunc(rest, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
		if end < 0 {
			end = len(rest)
		}
		if end > 0 {
			d.names = append(d.names, rest[:end])
		}
		rest = strings.TrimLeftFunc(rest[end:], unicode.IsSpace)
		after, more := strings.CutPrefix(rest, ",")
		if !more {
			d.reason = strings.Trim(rest, "/ \t")
			return d
		}
		rest = after
	}
}

// parseNolint parses what follows "nolint", as golangci-lint does: names up
// to the next "//", in any case, and "all" for all.
func parseNolint(rest string) (directive, bool) {
	d := directive{form: formNolint}
	list, named := strings.CutPrefix(rest, ":")
	if !named {
		d.all = true
		return d, rest == "" || rest[0] == ' '
	}
	list, _, _ = strings.Cut(list, "//") // its reason, which is not required
	for name := range strings.SplitSeq(list, ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "all" {
			d.all = true
		}
		if name != "" {
			d.names = append(d.names, name)
		}
	}
	return d, true
}

// cutSpace cuts s at its first run of white space.
func cutSpace(s string) (before, after string) {
	i := strings.IndexFunc(s, unicode.IsSpace)
	if i < 0 {
		return s, ""
	}
	return s[:i], strings.TrimSpace(s[i:])
}

// silences reports whether d is a directive that can silence anything at all.
func (d directive) silences() bool {
	switch d.form {
	case formNolint:
		return d.all || len(d.names) > 0
	case formIgnore, formLintIgnore, formLintFile:
		return len(d.names) > 0 && d.reason != ""
	}
	return false
}

// matchName returns the index in d.names of the name that stands for pass,
// or -1. A directive for all linters has index 0.
func (d directive) matchName(pass string) int {
	if d.all {
		return 0
	}
	for i, name := range d.names {
		if d.matches(name, pass) {
			return i
		}
	}
	return -1
}

func (d directive) matches(name, pass string) bool {
	switch d.form {
	case formIgnore:
		return name == pass
	case formNolint:
		return name == suiteName || name == pass
	}
	// The //lint: directives take shell patterns.
	suite, _ := path.Match(name, suiteName)
	own, _ := path.Match(name, pass)
	return suite || own
}
