package selectstarve

import (
	"go/ast"
	"go/token"
	"regexp"
	"slices"
	"strings"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/pattern"
)

// peers finds a select in a loop whose cases are equal although it is said
// that one goes first: by a directive, a comment, or the names of the channels.
func (c *checker) peers(op *conc.Op) []finding {
	if op.HasDefault || len(op.Cases) < 2 || !c.InLoop(op) {
		return nil
	}
	high, low, why, ok := c.order(op)
	if !ok || c.prefers(op, high) {
		return nil
	}
	return []finding{{category: priority, use: high, at: low, name: why}}
}

// order is which receive of op goes first, and before which, and who says so.
func (c *checker) order(op *conc.Op) (high, low conc.Use, why string, ok bool) {
	uses := op.Receives()
	for _, a := range uses {
		for _, b := range uses {
			if a != b && c.directed(op, a, b) {
				return a, b, "the directive", true
			}
		}
	}
	for _, a := range uses {
		for _, b := range uses {
			if a != b && c.returns(b) && outranks(op.CaseExpr(a.Case), op.CaseExpr(b.Case)) {
				return a, b, "its name", true
			}
		}
	}
	a, found := c.commented(op, uses)
	if !found {
		return high, low, "", false
	}
	for _, b := range uses {
		if a != b && c.returns(b) {
			return a, b, "the comment", true
		}
	}
	return high, low, "", false
}

// returns reports whether a case comes back to its select: only then can it
// get in front of another one again and again.
func (c *checker) returns(u conc.Use) bool { return c.After(u, false).Back }

// ranks are words for what goes first, and for what does not.
var ranks = []struct{ high, low []string }{
	{[]string{"high", "hi"}, []string{"low", "lo", "normal", "medium", "med"}},
	{[]string{"urgent", "priority", "prio", "express", "critical"}, []string{"normal", "regular", "low", "ordinary", "bulk", "background"}},
}

// outranks reports whether the names of two channels differ in such words
// only: s.highJobs and s.lowJobs.
func outranks(a, b string) bool {
	for _, r := range ranks {
		for _, stem := range without(a, r.high) {
			if slices.Contains(without(b, r.low), stem) {
				return true
			}
		}
	}
	return false
}

// without are the expressions that remain if one of words is taken out of e.
func without(e string, words []string) []string {
	var out []string
	parts := split(e)
	for i, p := range parts {
		if slices.Contains(words, strings.ToLower(p)) {
			out = append(out, strings.ToLower(strings.Join(slices.Delete(slices.Clone(parts), i, i+1), "")))
		}
	}
	return out
}

var word = pattern.New(`[A-Z]+(?:[a-z]+|$)|[A-Z]?[a-z]+|[0-9]+|[^A-Za-z0-9_]`)

// split cuts an expression into the words of its names.
func split(e string) []string { return word.FindAllString(e, -1) }

// prefers reports whether the function takes care that the channel of high
// goes first: it looks at it without waiting elsewhere in the loop.
func (c *checker) prefers(op *conc.Op, high conc.Use) bool {
	for o := range op.Fn.Ops {
		if o == op || o.Kind != conc.Select && o.Kind != conc.Recv {
			continue
		}
		for _, u := range o.Receives() {
			if u.Place() == high.Place() && (o.HasDefault || o.Kind == conc.Recv) {
				return true
			}
		}
	}
	return c.looksAtLen(op, high)
}

// looksAtLen reports whether the function asks for the length of a channel
// that is called like that of high.
func (c *checker) looksAtLen(op *conc.Op, high conc.Use) bool {
	name := op.CaseExpr(high.Case)
	fd := op.Fn.Root().SSA.Syntax()
	if fd == nil {
		return false
	}
	found := false
	ast.Inspect(fd, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if ok && len(call.Args) == 1 {
			id, isID := call.Fun.(*ast.Ident)
			found = found || isID && id.Name == "len" && expr(call.Args[0]) == name
		}
		return !found
	})
	return found
}

var (
	says = pattern.New(`(?i)\b(takes?|has|have|with|gives?|gets?|higher|highest|top|first) (the |a )?(top |higher |highest )?(priority|precedence)\b` +
		`|\b(priority|precedence) (over|to)\b|\bprioriti[sz](e|es|ed|ing)\b|\bprefer(s|red)? .{1,40}\bover\b` +
		`|\b(always|must|should)( be)? (handled?|check(ed)?|processe?d?|drain(ed)?|serve[d]?) .{0,30}first\b`)
	nots = pattern.New(`(?i)\bno(t|r|ne)?\b|n't\b|\bwithout\b|\brandom|\bfair|\bequal|\blow(er)?[- ]priority|\b(has|have|are|is) no\b|\bcannot\b`)
)

// commented is the case of op that a comment, at the select or at the case,
// says goes first.
func (c *checker) commented(op *conc.Op, uses []conc.Use) (conc.Use, bool) {
	line := func(p token.Pos) int { return c.pass.Fset.Position(p).Line }
	for _, g := range c.file(op.Pos()).Comments {
		if g.Pos() > op.Node.End() {
			break
		}
		if g.End() < op.Pos() && line(g.End()) != line(op.Pos())-1 {
			continue // about something else
		}
		text := g.Text()
		if !says.MatchString(text) || nots.MatchString(text) {
			continue
		}
		for _, u := range uses {
			clause := op.Clause(u.Case)
			if clause == nil {
				continue
			}
			at := line(clause.Case)
			above := line(g.End()) == at-1 && g.Pos() > op.Pos() && c.indent(g.Pos()) == c.indent(clause.Case)
			if above || line(g.Pos()) == at && g.Pos() > clause.Colon {
				return u, true
			}
		}
		if line(g.End()) == line(op.Pos())-1 {
			if u, ok := named(op, uses, text); ok {
				return u, true
			}
		}
	}
	return conc.Use{}, false
}

// named is the only case whose channel a comment mentions.
func named(op *conc.Op, uses []conc.Use, text string) (conc.Use, bool) {
	var only []conc.Use
	for _, u := range uses {
		name := strings.TrimSuffix(op.CaseExpr(u.Case), "()")
		if i := strings.LastIndex(name, "."); i >= 0 && !strings.HasSuffix(name, ".Done") {
			name = name[i+1:]
		}
		if regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`).MatchString(text) {
			only = append(only, u)
		}
	}
	if len(only) != 1 {
		return conc.Use{}, false
	}
	return only[0], true
}

// order is what a directive says: the channels that go first, first.
type order struct {
	names    []string
	pos, end token.Pos // of the function that it holds for, or of the file's package if it is in none
	local    bool
}

// directives are the comments //chanlint:priority a > b of the package.
func (c *checker) directives() []order {
	var out []order
	for _, f := range c.pass.Files {
		for _, g := range f.Comments {
			for _, line := range g.List {
				rest, ok := strings.CutPrefix(line.Text, "//chanlint:priority ")
				if !ok {
					continue
				}
				o := order{}
				for name := range strings.SplitSeq(rest, ">") {
					o.names = append(o.names, strings.TrimSpace(name))
				}
				o.pos, o.end, o.local = scope(f, line.Pos())
				out = append(out, o)
			}
		}
	}
	return out
}

// scope is the function that a comment stands in, or above.
func scope(f *ast.File, at token.Pos) (pos, end token.Pos, local bool) {
	for _, d := range f.Decls {
		fd, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		start := fd.Pos()
		if fd.Doc != nil {
			start = fd.Doc.Pos()
		}
		if start <= at && at < fd.End() {
			return start, fd.End(), true
		}
	}
	return 0, 0, false
}

// directed reports whether a directive says that a goes before b.
func (c *checker) directed(op *conc.Op, a, b conc.Use) bool {
	rank := func(o order, u conc.Use) int {
		return slices.IndexFunc(o.names, func(n string) bool {
			e := op.CaseExpr(u.Case)
			return e == n || strings.HasSuffix(e, "."+n)
		})
	}
	return slices.ContainsFunc(c.stated, func(o order) bool {
		if o.local && (op.Pos() < o.pos || op.Pos() >= o.end) {
			return false
		}
		i, j := rank(o, a), rank(o, b)
		return i >= 0 && j > i
	})
}
