package model

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
)

// A Scope is what a model follows: a function from its entry, or one round of a
// loop in it, for the channels that are made in each round; or a constructor,
// and all that others may then do to the object.
type Scope struct {
	fn   *conc.Func
	loop int // the head of the loop, -1 if none

	// Of a harness: the type whose constructor fn is, where fn makes the object,
	// and how many channels it makes.
	typ      *types.Named
	alloc    *ssa.Alloc
	channels int
}

// Pos is where the function of the scope is declared.
func (s Scope) Pos() token.Pos { return s.fn.Root().SSA.Pos() }

// Command reports whether f, or a function around it, is a command of a program:
// see [known.Command].
func Command(f *conc.Func) bool {
	for ; f != nil; f = f.Parent {
		for _, param := range f.SSA.Params {
			t := param.Type()
			if ptr, ok := types.Unalias(t).(*types.Pointer); ok {
				t = ptr.Elem()
			}
			if known.Command(types.TypeString(t, nil)) {
				return true
			}
		}
	}
	return false
}

// Scopes are the scopes of a package: the functions that make something which
// goroutines can share, and start goroutines, or call functions that do; those
// that start several; and those that use a channel on their own.
func (p *Package) Scopes() []Scope {
	var all []Scope
	for _, f := range p.heap.Funcs {
		if p.starts[f] {
			all = append(all, p.scopesOf(f)...)
		} else if usesOwn(f) {
			all = append(all, Scope{fn: f, loop: -1})
		}
	}
	return append(all, typeScopes(p.heap.Package)...)
}

// scopesOf are the scopes of f: itself, and its loops.
func (p *Package) scopesOf(f *conc.Func) []Scope {
	var all []Scope
	g := newGraph(f.SSA)
	for op := range f.Ops {
		if s := (Scope{fn: f, loop: g.innermost(op.Block)}); op.Kind == conc.Make && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	if whole := (Scope{fn: f, loop: -1}); !slices.Contains(all, whole) && (p.makesShared(f, g) || startsMany(f)) {
		all = append(all, whole)
	}
	slices.SortFunc(all, func(a, b Scope) int { return a.loop - b.loop })
	return all
}

// startsMany reports whether f starts several goroutines itself.
func startsMany(f *conc.Func) bool {
	n := 0
	for op := range f.Ops {
		if op.Kind == conc.Go {
			n++
		}
	}
	return n > 1
}

// usesOwn reports whether f sends on or receives from a channel that it makes.
func usesOwn(f *conc.Func) bool {
	for op := range f.Ops {
		if op.Kind != conc.Make {
			continue
		}
		ch := op.Instr.(*ssa.MakeChan)
		for _, ref := range *ch.Referrers() {
			switch ref := ref.(type) {
			case *ssa.UnOp:
				return true
			case *ssa.Send:
				if ref.Chan == ch {
					return true
				}
			}
		}
	}
	return false
}

// starters are the functions that start a goroutine, or call one that does.
func starters(p *conc.Package) map[*conc.Func]bool {
	starts := make(map[*conc.Func]bool)
	for changed := true; changed; {
		changed = false
		for _, f := range p.Funcs {
			if !starts[f] && startsOne(f, starts) {
				starts[f], changed = true, true
			}
		}
	}
	return starts
}

func startsOne(f *conc.Func, starts map[*conc.Func]bool) bool {
	for op := range f.Ops {
		if op.Kind == conc.Go {
			return true
		}
		if op.Call == nil {
			continue
		}
		for _, t := range op.Call.Targets {
			if starts[t.Func] {
				return true
			}
		}
	}
	return slices.ContainsFunc(f.Anons, func(a *conc.Func) bool { return starts[a] })
}

// makesShared reports whether f makes a structure, or calls a function of the
// package that returns one, with channels or locks in it, once.
func (p *Package) makesShared(f *conc.Func, g *graph) bool {
	for _, b := range f.SSA.Blocks {
		if g.inLoop(b.Index) {
			continue
		}
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.Alloc:
				if shared(instr.Type(), f.SSA.Pkg.Pkg, 3) {
					return true
				}
			case *ssa.Call:
				if fn := instr.Call.StaticCallee(); fn != nil && fn.Pkg == f.SSA.Pkg && p.isMaker(fn) {
					return true
				}
			}
		}
	}
	return false
}

// isMaker reports whether fn makes and returns a structure with channels or locks
// in it, or a channel.
func (p *Package) isMaker(fn *ssa.Function) bool {
	makes, ok := p.makers[fn]
	if !ok {
		makes = makesResult(fn)
		p.makers[fn] = makes
	}
	return makes
}

func makesResult(fn *ssa.Function) bool {
	if !slices.ContainsFunc(slices.Collect(fn.Signature.Results().Variables()), func(res *types.Var) bool {
		return shared(res.Type(), fn.Pkg.Pkg, 3) || types.IsInterface(res.Type())
	}) {
		return false
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.MakeChan:
				return true
			case *ssa.Alloc:
				if instr.Heap && shared(instr.Type(), fn.Pkg.Pkg, 3) {
					return true
				}
			case *ssa.Call: // of another maker, perhaps
				if callee := instr.Call.StaticCallee(); callee != nil && callee.Pkg == fn.Pkg && named(callee) {
					return true
				}
			}
		}
	}
	return len(fn.Blocks) == 0 && named(fn)
}

// named reports whether fn has the name of a constructor.
func named(fn *ssa.Function) bool {
	return strings.HasPrefix(fn.Name(), "New") || strings.HasPrefix(fn.Name(), "new")
}

// shared reports whether t is a channel, lock or the like, or a structure of
// the package that has one.
func shared(t types.Type, pkg *types.Package, depth int) bool {
	if depth == 0 {
		return false
	}
	if named, ok := types.Unalias(t).(*types.Named); ok {
		switch of := named.Obj().Pkg(); {
		case of == nil:
			return false
		case of.Path() == "sync":
			return named.Obj().Name() != "Once" && named.Obj().Name() != "Pool" && named.Obj().Name() != "Map"
		case of != pkg:
			return false
		}
	}
	switch t := t.Underlying().(type) {
	case *types.Chan:
		return true
	case *types.Pointer:
		return shared(t.Elem(), pkg, depth-1)
	case *types.Struct:
		for f := range t.Fields() {
			if shared(f.Type(), pkg, depth-1) {
				return true
			}
		}
	}
	return false
}
