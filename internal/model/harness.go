package model

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/heap"
	"github.com/chanlint/chanlint/internal/pattern"
)

// A harness is a scope of its own kind: an object of one type, from its
// constructor on, and callers that use its exported functions at will.
//
// Proc 0 is the constructor. It runs the methods that start the object, and then
// two callers, each of which calls any one function. More callers may come: who
// waits for what a call can do is not stuck.

// callers is how many calls are made at the same time.
const callers = 2

// typeScopes are the scopes for the types of a package: one for each type that
// has a constructor.
func typeScopes(p *conc.Package) []Scope {
	best := make(map[*types.Named]Scope)
	var order []*types.Named
	for _, f := range p.Funcs {
		if f.Parent != nil {
			continue
		}
		s, ok := construction(f)
		if !ok {
			continue
		}
		old, known := best[s.typ]
		if !known {
			order = append(order, s.typ)
		}
		if !known || s.channels > old.channels {
			best[s.typ] = s
		}
	}
	var all []Scope
	for _, t := range order {
		all = append(all, best[t])
	}
	return all
}

// construction is the scope of the type that f makes an object of, and returns.
func construction(f *conc.Func) (Scope, bool) {
	for _, b := range f.SSA.Blocks {
		ret, ok := b.Instrs[len(b.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		for _, v := range ret.Results {
			alloc := made(v, 4)
			if alloc == nil {
				continue
			}
			named, ok := types.Unalias(alloc.Type().Underlying().(*types.Pointer).Elem()).(*types.Named)
			if !ok || named.Obj().Pkg() != f.SSA.Pkg.Pkg || !shared(named, f.SSA.Pkg.Pkg, 3) {
				continue
			}
			return Scope{fn: f, loop: -1, typ: named.Origin(), alloc: alloc, channels: makes(f)}, true
		}
	}
	return Scope{}, false
}

// made is the allocation whose address v is, nil if it is anything else.
func made(v ssa.Value, depth int) *ssa.Alloc {
	if depth == 0 {
		return nil
	}
	switch v := v.(type) {
	case *ssa.Alloc:
		return v
	case *ssa.MakeInterface:
		return made(v.X, depth-1)
	case *ssa.ChangeInterface:
		return made(v.X, depth-1)
	case *ssa.Phi:
		for _, e := range v.Edges {
			if a := made(e, depth-1); a != nil {
				return a
			}
		}
	}
	return nil
}

// makes counts the channels that f makes.
func makes(f *conc.Func) int {
	n := 0
	for op := range f.Ops {
		if op.Kind == conc.Make {
			n++
		}
	}
	return n
}

// An entry is a function that others may call with the object, and the
// activation of it by each of the callers.
type entry struct {
	fn   *conc.Func
	acts []*heap.Activation
}

// starting, running and ending are names of functions that are called once:
// first, and to return; then, to go on; or last.
var (
	starting = pattern.New(`^(On)?(Start|Open|Init|Launch|Begin)`)
	running  = pattern.New(`^(Run|Serve|Listen|Loop)`)
	ending   = pattern.New(`(?i)^(stop|close|shutdown|quit|cancel|kill|terminate|exit|end|destroy|release|done|finish|abort|dispose|teardown|unsubscribe|disconnect)`)
)

// enterAll adds the calls that others may make.
func (b *builder) enterAll(s Scope) {
	b.owner = b.heap.Own(s.alloc)
	for _, f := range b.pkg.Funcs {
		i := b.paramOf(f, s.typ)
		if i < 0 || f == s.fn || f.Obj == nil || !f.Obj.Exported() && !f.AsValue {
			continue
		}
		e := entry{fn: f}
		n := callers
		if b.runsAlone(f) || makesOwn(f, 3) {
			n = 1
		}
		for range n {
			e.acts = append(e.acts, b.heap.Enter(f, i, b.owner))
		}
		b.entries = append(b.entries, e)
	}
}

// paramOf is the number of the parameter of f that is a pointer to t, -1 if
// there is none, or several.
func (b *builder) paramOf(f *conc.Func, t *types.Named) int {
	found := -1
	for i, p := range f.SSA.Params {
		ptr, ok := types.Unalias(p.Type()).(*types.Pointer)
		if !ok {
			continue
		}
		if named, ok := types.Unalias(ptr.Elem()).(*types.Named); ok && named.Origin() == t {
			if found >= 0 {
				return -1
			}
			found = i
		}
	}
	return found
}

// makesOwn reports whether f makes a channel: what it makes is then one channel.
func makesOwn(f *conc.Func, depth int) bool {
	if depth == 0 {
		return false
	}
	for op := range f.Ops {
		if op.Kind == conc.Make {
			return true
		}
		if op.Kind == conc.Call && slices.ContainsFunc(op.Call.Targets, func(t conc.Target) bool { return makesOwn(t.Func, depth-1) }) {
			return true
		}
	}
	return slices.ContainsFunc(f.Anons, func(a *conc.Func) bool { return makesOwn(a, depth-1) })
}

// isCaller reports whether a frame belongs to a call that others make.
func (fr *frame) isCaller() bool { return fr.owner.Known() && fr.act.First() != fr.heap.Root }

// runsAlone reports whether f is a function that starts the object, or runs it.
func (b *builder) runsAlone(f *conc.Func) bool {
	return starting.MatchString(f.Name) || running.MatchString(f.Name)
}

// drive makes the code after the constructor: what starts the object, and the
// callers. It returns where it begins; it goes on at exit.
func (b *builder) drive(c *code, exit int) int {
	b.keepRelevant(c)
	for n := range callers {
		proc := b.newProc("a caller", 0, func(c *code) { b.caller(c, n) })
		b.callerProcs |= 1 << proc
		exit = c.add(explore.Instr{Op: explore.Go, N: proc, Next: exit, Site: c.siteOf(Site{Case: -1})})
	}
	for _, e := range b.entries {
		if !b.runsAlone(e.fn) {
			continue
		}
		act := e.acts[0]
		if starting.MatchString(e.fn.Name) {
			exit = b.newFrame(c, act, exit, nil).place(path{})
			continue
		}
		proc := b.newProc(e.fn.Name, 0, func(c *code) { b.frame(c, act, nil) })
		exit = c.add(explore.Instr{Op: explore.Go, N: proc, Next: exit, Site: c.siteOf(Site{Case: -1})})
	}
	return exit
}

// succeeds reports whether a constructor, or a function that starts the object,
// returns by ret without an error, and with the object if it returns one.
func (b *builder) succeeds(ret *ssa.Return) bool {
	for _, v := range ret.Results {
		isNil := conc.IsNil(v)
		if isError := types.Identical(v.Type(), types.Universe.Lookup("error").Type()); isError && !isNil && mayFail(ret.Parent()) || !isError && isNil {
			return false
		}
	}
	return true
}

// mayFail reports whether fn returns without error elsewhere, so that an error is
// one.
func mayFail(fn *ssa.Function) bool {
	for _, blk := range fn.Blocks {
		ret, ok := blk.Instrs[len(blk.Instrs)-1].(*ssa.Return)
		if !ok || len(ret.Results) == 0 {
			continue
		}
		if conc.IsNil(ret.Results[len(ret.Results)-1]) {
			return true
		}
	}
	return false
}

// keepRelevant drops the entries that do nothing to the group.
func (b *builder) keepRelevant(c *code) {
	root := b.newFrame(c, b.heap.Root, 0, nil)
	b.entries = slices.DeleteFunc(b.entries, func(e entry) bool { return !root.touch(e.acts[0]) })
}

// caller makes the code of caller n: a call of any one function.
func (b *builder) caller(c *code, n int) {
	start := c.add(explore.Instr{Op: explore.Jump})
	exit := c.add(explore.Instr{Op: explore.Return})
	to := []int{exit}
	for i, e := range b.entries {
		if n >= len(e.acts) || b.runsAlone(e.fn) {
			continue
		}
		fr := b.newFrame(c, e.acts[n], exit, nil)
		begin := len(c.instrs)
		at := fr.place(path{})
		c.run()
		once := ending.MatchString(e.fn.Name)
		again := !once && !b.latched(c.instrs[begin:])
		b.offers(c.instrs, begin, b.firsts(c.instrs, at), again)
		if once { // by one of them
			obj := b.object(i, explore.Object{Kind: explore.Mutex, Name: e.fn.Name}, nil)
			at = c.add(explore.Instr{Op: explore.TryLock, Obj: obj, Next: at, Else: exit, Site: c.siteOf(Site{Case: -1})})
		}
		to = append(to, at)
	}
	c.instrs[start] = explore.Instr{Op: explore.Branch, To: to, Site: c.siteOf(Site{Case: -1})}
}

// latched reports whether a call looks at a flag that it sets: only the first of
// several goes on then, and others do so no more than it is set back.
func (b *builder) latched(code []explore.Instr) bool {
	tested := make(map[int]bool)
	for _, in := range code {
		if in.Op == explore.Test && b.model.Program.Objects[in.Obj].Kind == explore.Flag {
			tested[in.Obj] = true
		}
	}
	return slices.ContainsFunc(code, func(in explore.Instr) bool { return in.Op == explore.Set && tested[in.Obj] })
}
