// Package suppress reads the comments by which users silence reports.
//
// Three families of comments are honoured:
//
//	//chanlint:ignore PASS[,PASS] REASON    our own; the reason is required
//	//nolint, //nolint:chanlint             as golangci-lint reads them
//	//lint:ignore chanlint REASON           as staticcheck reads them
//
// Our own directive covers its line if it stands behind code; otherwise the
// statement that starts on the next line, up to its first block; and, in the
// doc comment of a declaration, all of that declaration. On or before the
// package clause it covers the file. A //nolint comment on a line of its own
// covers the whole node below it, blocks included. A //lint:ignore comment
// never covers more than a statement's head.
package suppress

import (
	"go/ast"
	"go/token"
	"reflect"
	"slices"
	"sync/atomic"

	"golang.org/x/tools/go/analysis"
)

// Analyzer computes the [*Index] of a package, which all passes share.
var Analyzer = &analysis.Analyzer{
	Name:       "directives",
	Doc:        "directives: read the comments that silence reports",
	Run:        func(pass *analysis.Pass) (any, error) { return Parse(pass.Fset, pass.Files), nil },
	ResultType: reflect.TypeFor[*Index](),
}

// An Index holds the directives of one package and knows which of them have
// silenced something. Its methods may be called by several passes at once.
type Index struct {
	fset   *token.FileSet
	byFile map[*token.File][]*entry // in source order
	all    []*entry                 // in the order of the files given to Parse
}

// An entry is a directive in its place.
type entry struct {
	directive
	pos, end token.Pos
	ownLine  bool
	span     span
	used     []atomic.Bool // one per name; one in all for a directive without names
}

// Parse collects the directives in the comments of files, which must have
// been parsed with comments into fset.
func Parse(fset *token.FileSet, files []*ast.File) *Index {
	x := &Index{fset: fset, byFile: make(map[*token.File][]*entry)}
	for _, f := range files {
		x.addFile(f)
	}
	return x
}

func (x *Index) addFile(f *ast.File) {
	file := x.fset.File(f.Package)
	var l *layout // built for the first directive
	for _, group := range f.Comments {
		for _, c := range group.List {
			d, ok := parseDirective(c.Text)
			if !ok {
				continue
			}
			if l == nil {
				l = newLayout(file, f)
			}
			e := &entry{
				directive: d,
				pos:       c.Pos(),
				end:       c.End(),
				ownLine:   l.ownLine(c),
				span:      l.scope(d, c, group),
				used:      make([]atomic.Bool, max(1, len(d.names))),
			}
			x.byFile[file] = append(x.byFile[file], e)
			x.all = append(x.all, e)
		}
	}
}

// Suppressed reports whether a directive silences the named pass at pos, and
// marks each directive that does as used.
func (x *Index) Suppressed(pass string, pos token.Pos) bool {
	if len(x.all) == 0 || !pos.IsValid() {
		return false
	}
	file := x.fset.File(pos)
	entries := x.byFile[file]
	if len(entries) == 0 {
		return false
	}
	line := file.PositionFor(pos, false).Line
	found := false
	for _, e := range entries {
		if !e.silences() || !e.span.contains(line) {
			continue
		}
		// Overlapping directives are all marked: which of them is
		// superfluous is for the reader to say.
		if i := e.matchName(pass); i >= 0 {
			e.used[i].Store(true)
			found = true
		}
	}
	return found
}

// Unused returns a problem for each //chanlint:ignore directive that names
// one of passes and silenced no report of it. Call it when all of passes have run.
func (x *Index) Unused(passes []string) []Problem {
	var problems []Problem
	for _, e := range x.all {
		if e.form != formIgnore || !e.silences() {
			continue
		}
		var unused []string
		for i, name := range e.names {
			if !e.used[i].Load() && slices.Contains(passes, name) {
				unused = append(unused, name)
			}
		}
		if len(unused) == 0 {
			continue
		}
		p := e.problem(Unused, unusedMessage(unused, len(e.names)))
		p.Removable = len(unused) == len(e.names)
		problems = append(problems, p)
	}
	return problems
}
