package chart

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// deepest bounds the calls that are followed from the start of a body.
const deepest = 12

// Build charts a package. pkg is nil if nothing in it matters.
func Build(path string, pkg *conc.Package) *Graph {
	g := &Graph{Package: path}
	if pkg == nil {
		return g
	}
	b := &builder{
		Package: pkg,
		graph:   g,
		called:  called(pkg),
		bodies:  make(map[bodyKey]int),
		things:  make(map[any]int),
		edges:   make(map[edgeKey]*Edge),
		seen:    make(map[visitKey]bool),
		visited: make(map[*conc.Func]bool),
		owners:  owners(pkg.Types),
		homes:   homes(pkg),
	}
	for _, f := range pkg.Funcs {
		if f.Parent == nil && b.isEntry(f) {
			b.enter(f)
		}
	}
	for _, f := range pkg.Funcs { // cycles that nobody enters
		if f.Parent == nil && !b.visited[f] {
			b.enter(f)
		}
	}
	b.finish()
	return g
}

// These keys say when two of a kind are one.
type (
	bodyKey struct {
		instr  any // the go statement, nil if others enter
		target *conc.Func
	}
	edgeKey struct {
		body, thing int
		verb        Verb
	}
	visitKey struct {
		body int
		f    *conc.Func
		args string
	}
)

// A builder is one chart in the making.
type builder struct {
	*conc.Package
	graph   *Graph
	called  map[*conc.Func]bool // by the package itself, or started
	bodies  map[bodyKey]int
	things  map[any]int
	edges   map[edgeKey]*Edge
	seen    map[visitKey]bool
	visited map[*conc.Func]bool
	owners  map[*types.Var]string
	homes   map[*conc.Op]place.Place
}

// A frame is a function on the way from the start of a body.
type frame struct {
	f      *conc.Func
	via    conc.Target // how it was called
	caller *frame      // nil at the start
	depth  int
}

// called collects the functions that the package calls or starts.
func called(pkg *conc.Package) map[*conc.Func]bool {
	m := make(map[*conc.Func]bool)
	for _, f := range pkg.Funcs {
		for op := range f.Ops {
			for _, t := range targets(op) {
				m[t.Func] = true
			}
		}
	}
	return m
}

// targets are the functions of the package that an operation calls, starts or
// defers.
func targets(op *conc.Op) []conc.Target {
	if op.Inner != nil {
		op = op.Inner
	}
	if op.Call == nil {
		return nil
	}
	return op.Call.Targets
}

// isEntry reports whether callers elsewhere may enter f.
func (b *builder) isEntry(f *conc.Func) bool {
	if !b.called[f] || f.AsValue || f.Obj == nil {
		return true
	}
	if b.Types.Name() == "main" || !f.Obj.Exported() {
		return false
	}
	recv := f.Obj.Signature().Recv()
	return recv == nil || ast.IsExported(typeName(recv.Type()))
}

// enter charts the body of those who call f from elsewhere.
func (b *builder) enter(f *conc.Func) {
	i := b.body(bodyKey{target: f}, Body{Name: funcName(f), Posn: b.posn(f.SSA.Pos())})
	b.visit(i, &frame{f: f})
}

// body returns the index of a body, which is new or known.
func (b *builder) body(key bodyKey, body Body) int {
	i, ok := b.bodies[key]
	if !ok {
		i = len(b.graph.Bodies)
		b.bodies[key] = i
		b.graph.Bodies = append(b.graph.Bodies, body)
	}
	return i
}

// visit notes what a body does in a function, and in what that calls.
func (b *builder) visit(body int, fr *frame) {
	key := visitKey{body, fr.f, b.arguments(fr)}
	if b.seen[key] || fr.depth > deepest {
		return
	}
	b.seen[key], b.visited[fr.f] = true, true
	for op := range fr.f.Ops {
		b.operation(body, fr, op)
	}
	for _, anon := range fr.f.Anons {
		if !b.called[anon] { // given to another package, which calls it
			b.visit(body, &frame{f: anon, caller: fr, depth: fr.depth + 1})
		}
	}
}

// operation notes what an operation does, and follows calls.
func (b *builder) operation(body int, fr *frame, op *conc.Op) {
	if op.Kind == conc.Go {
		b.start(body, fr, op)
		return
	}
	if op.Kind == conc.Defer {
		op = op.Inner
	}
	for _, u := range uses(op) {
		b.note(body, fr, u)
	}
	for _, t := range targets(op) {
		b.visit(body, &frame{t.Func, t, fr, fr.depth + 1})
	}
}

// start charts the goroutines that a go statement starts.
func (b *builder) start(body int, fr *frame, op *conc.Op) {
	_, plain := op.Instr.(*ssa.Go)
	inGroup := !plain && !op.Place.IsZero() // wg.Go
	for _, t := range targets(op) {
		started := b.body(bodyKey{op.Instr, t.Func}, Body{
			Name:    b.goName(t.Func, op.Pos()),
			Posn:    b.posn(op.Pos()),
			Starter: funcName(fr.f),
			Many:    fr.f.Reaches(op.Block, op.Block, nil),
		})
		next := &frame{t.Func, t, fr, 0}
		if inGroup {
			b.note(started, fr, use{op, op.Place, Group, Ends, op.Expr(), op.Pos()})
		}
		b.visit(started, next)
	}
}

// arguments tells calls of one function with different channels apart.
func (b *builder) arguments(fr *frame) string {
	var s strings.Builder
	for _, p := range fr.f.SSA.Params {
		if _, isChan := p.Type().Underlying().(*types.Chan); isChan {
			fmt.Fprintf(&s, "%v,", identity(b.resolve(b.Places.Of(p), fr)))
		}
	}
	return s.String()
}

// resolve follows a parameter to what the callers passed, and a channel to
// the field that it is kept in.
func (b *builder) resolve(pl place.Place, fr *frame) place.Place {
	for pl.Kind() == place.Param && pl.Join().IsZero() && fr.caller != nil && fr.via.Func != nil {
		next := fr.via.Into(pl)
		if next.IsZero() {
			break
		}
		pl, fr = next, fr.caller
	}
	return b.home(b.returned(pl))
}

// identity is what a thing is known by.
func identity(pl place.Place) any {
	if j := pl.Join(); !j.IsZero() {
		return j
	}
	return pl
}

// finish merges bodies, drops those that do nothing, and puts the rest in
// order.
func (b *builder) finish() {
	b.merge()
	g := b.graph
	for _, e := range b.edges {
		e.At = sorted(e.At)
		g.Edges = append(g.Edges, *e)
	}
	bodies := order(g.Bodies, func(i int) bool {
		used := slices.ContainsFunc(g.Edges, func(e Edge) bool { return e.Body == i })
		return used || g.Bodies[i].Starter != ""
	}, compareBodies)
	things := order(g.Things, func(int) bool { return true }, compareThings)
	g.Bodies, g.Things = pick(g.Bodies, bodies), pick(g.Things, things)
	for i := range g.Edges {
		e := &g.Edges[i]
		e.Body, e.Thing = slices.Index(bodies, e.Body), slices.Index(things, e.Thing)
	}
	slices.SortFunc(g.Edges, func(x, y Edge) int {
		return cmp.Or(cmp.Compare(x.Thing, y.Thing), cmp.Compare(x.Verb, y.Verb), cmp.Compare(x.Body, y.Body))
	})
}

// order returns the indexes of the elements to keep, in order.
func order[T any](all []T, keep func(int) bool, compare func(x, y T) int) []int {
	var index []int
	for i := range all {
		if keep(i) {
			index = append(index, i)
		}
	}
	slices.SortStableFunc(index, func(i, j int) int { return compare(all[i], all[j]) })
	return index
}

func pick[T any](all []T, index []int) []T {
	out := make([]T, len(index))
	for i, at := range index {
		out[i] = all[at]
	}
	return out
}

func compareBodies(x, y Body) int {
	entered := func(b Body) int { return min(len(b.Starter), 1) }
	return cmp.Or(cmp.Compare(entered(x), entered(y)), comparePosn(x.Posn, y.Posn), cmp.Compare(x.Name, y.Name))
}

func compareThings(x, y Thing) int {
	return cmp.Or(cmp.Compare(x.Kind, y.Kind), comparePosn(x.Posn, y.Posn), cmp.Compare(x.Name, y.Name))
}

// posn is a position as the chart writes it.
func (b *builder) posn(pos token.Pos) string {
	p := b.Fset.Position(pos)
	return fmt.Sprintf("%s:%d", filepath.Base(p.Filename), p.Line)
}
