// Package chart draws who talks to whom in a package: which goroutines use
// which channels, locks, wait groups and conditions.
//
// Method. A body is what one goroutine runs: the target of a go statement, or
// a function that callers elsewhere enter. Starting at the functions that
// others call, calls are followed inside the package, parameters standing for
// what was passed, and each operation is noted for the body it runs in. A
// function literal that is given to another package belongs to the body that
// makes it. A thing is a field, a variable or what stands in one; all objects
// of a type share the things that are its fields. Timers and the channels of
// contexts are left out, and so is what a call to another package does: the
// chart loses uses, and invents none but those of paths that are never taken.
package chart

import "strconv"

// A Graph is the chart of one package.
type Graph struct {
	Package string // its import path
	Bodies  []Body // entered from outside first, then in the order they are started
	Things  []Thing
	Edges   []Edge // by thing, verb and body
}

// A Body is what one goroutine runs.
type Body struct {
	Name    string
	Posn    string // of the function, or of the go statement
	Starter string // the function that starts it; "" if it is entered from outside
	Many    bool   // it is started in a loop

	Also []string // names of others that are entered from outside and do the same
}

// A Thing is what bodies use together.
type Thing struct {
	Name string
	Kind Kind
	Type string // of a channel, "" if it is not known
	Room string // of a channel: "no buffer", "room for 64", "" if no make is seen
	Posn string // where it is declared or first used
}

// A Kind is a kind of thing.
type Kind uint8

// The kinds, in the order of the chart.
const (
	Channel Kind = iota
	Lock
	Group
	Cond
)

// kinds are the headings of things.
var kinds = [...]string{Channel: "channels", Lock: "locks", Group: "wait groups", Cond: "conditions"}

// A Verb is what a body does to a thing.
type Verb uint8

// The verbs, in the order of the chart.
const (
	Sends Verb = iota
	Receives
	Closes
	Locks
	ReadLocks
	Adds
	Ends
	Waits
	Wakes
)

var verbs = [...]string{
	Sends: "sends", Receives: "receives", Closes: "closes", Locks: "locks", ReadLocks: "read-locks",
	Adds: "adds", Ends: "is done", Waits: "waits", Wakes: "wakes",
}

func (v Verb) String() string { return verbs[v] }

// An Edge says that a body does something to a thing.
type Edge struct {
	Body, Thing int // indexes
	Verb        Verb
	At          []Use // never empty
}

// A Use is one place in the source where it is done.
type Use struct {
	Func string // the function that the place is in
	Posn string // "bus.go:77"
}

// A Format writes a chart.
type Format struct {
	Name  string
	About string
	Write func(*Graph) string
}

// Formats lists all formats, the default first.
func Formats() []Format {
	return []Format{
		{"text", "lists, for people", Text},
		{"mermaid", "a Mermaid flowchart, for Markdown", Mermaid},
		{"dot", "a graph for Graphviz", DOT},
		{"svg", "a picture in one file, light and dark", SVG},
	}
}

// IsEmpty reports whether there is nothing to draw.
func (g *Graph) IsEmpty() bool { return len(g.Bodies) == 0 && len(g.Things) == 0 }

// label is what a picture writes on a body, in lines.
func (b *Body) label() []string {
	if b.Starter == "" {
		return []string{b.names(), b.Posn}
	}
	name := b.Name
	if b.Many {
		name += " ×n"
	}
	return []string{"go " + name, "started by " + b.Starter + ", " + b.Posn}
}

// label is what a picture writes on a thing, in lines.
func (t *Thing) label() []string {
	lines := []string{t.Name}
	if about := t.about(); about != "" {
		lines = append(lines, about)
	}
	return lines
}

// about says what a thing is.
func (t *Thing) about() string {
	switch {
	case t.Type != "" && t.Room != "":
		return t.Type + ", " + t.Room
	case t.Type != "" || t.Room != "":
		return t.Type + t.Room
	case t.Kind == Channel:
		return ""
	}
	return [...]string{Lock: "lock", Group: "wait group", Cond: "condition"}[t.Kind]
}

// toBody reports whether something flows from the thing to the body.
func (v Verb) toBody() bool { return v == Receives }

// times is how often an edge occurs, as a label, "" for once.
func (e *Edge) times() string {
	if len(e.At) < 2 {
		return ""
	}
	return " ×" + strconv.Itoa(len(e.At))
}
