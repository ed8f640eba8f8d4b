package model

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/heap"
)

// A Model is a closed group around one function, as a program.
type Model struct {
	Func    *conc.Func
	Program *explore.Program

	// Sites are the operations of the program, by the Site of its instructions.
	Sites []Site

	// Makes are the operations that make the program's channels, by object;
	// nil for what is not a channel of the group.
	Makes []*conc.Op

	// Counts is how many of the numbers of rounds that were given to Build
	// loops or capacities of the model depend on.
	Counts int

	// Type is the type of which the model is a harness: proc 0 is its
	// constructor, and some procs are its callers. It is nil otherwise.
	Type *types.Named

	callers uint64              // which procs are
	entries map[*conc.Func]bool // what they call
	single  map[int]bool        // channels that a caller makes for one call, and nobody keeps
	agreed  map[int]bool        // sites of branches on what goroutines may have agreed

	// Valued reports whether a branch asks for a value that was received. What
	// follows it may then happen less often than the program has it.
	Valued bool
}

// IsCaller reports whether proc i of a harness is a caller.
func (m *Model) IsCaller(i int) bool { return m.callers&(1<<i) != 0 }

// Entered reports whether callers call f.
func (m *Model) Entered(f *conc.Func) bool { return m.entries[f] }

// Agreed reports whether a witness takes a branch on what goroutines may have
// agreed on, by a variable that they share: it may be a way that cannot be taken.
func (m *Model) Agreed(w *explore.Witness) bool {
	return slices.ContainsFunc(w.Steps, func(st explore.Step) bool {
		return slices.ContainsFunc(st.Choices, func(c explore.Choice) bool { return m.agreed[c.Site] })
	})
}

// OnlyClosed reports whether nobody sends on the channel that is object obj.
func (m *Model) OnlyClosed(obj int) bool {
	for _, p := range m.Program.Procs {
		for _, in := range p.Code {
			sends := in.Op == explore.Send && in.Obj == obj || slices.ContainsFunc(in.Cases, func(c explore.Case) bool {
				return c.Op == explore.Send && c.Obj == obj
			})
			if sends {
				return false
			}
		}
	}
	return true
}

// OneCall reports whether object obj is a channel that a caller makes for one call
// and that nobody keeps for later.
func (m *Model) OneCall(obj int) bool { return m.single[obj] }

// Has reports whether op is an operation of the program.
func (m *Model) Has(op *conc.Op) bool {
	return slices.ContainsFunc(m.Sites, func(s Site) bool { return s.Op == op })
}

// A Site is an operation, and which of its cases it is if it is a select; or a
// branch.
type Site struct {
	Op   *conc.Op // nil for a branch
	Case int      // -1 if it is not a case
	Pos  token.Pos
}

// Name is the user's expression for the channel, lock or whatever else is waited
// for at the site of an operation.
func (s Site) Name() string {
	if s.Case >= 0 {
		return s.Op.CaseExpr(s.Case)
	}
	return s.Op.Expr()
}

// most bounds the size of a model.
const (
	mostProcs = 8
	mostCode  = 1500
	mostDepth = 8 // of calls that are inlined
)

// A reason says why there is no model.
type reason string

func (r reason) Error() string { return string(r) }

// A Package is a package of which models are made. It is not safe for
// concurrent use.
type Package struct {
	heap   *heap.Package
	starts map[*conc.Func]bool
	makers map[*ssa.Function]bool
	fields map[*types.Var][]fieldUse

	// The heap of the last scope, for other numbers of rounds.
	last  Scope
	found *heap.Heap
	owner heap.Value
	calls []entry
}

// New prepares a package.
func New(p *conc.Package) *Package {
	return &Package{heap: heap.NewPackage(p), starts: starters(p), makers: make(map[*ssa.Function]bool)}
}

// Rounds are numbers of rounds for loops that have unknown ones: the first for
// those that have the same as the first of them, the second for others that have
// the same as each other. With three unknowns there is no model.
type Rounds [2]int

// Build makes the model of a scope. The error says why there is no model.
func (p *Package) Build(s Scope, rounds Rounds) (*Model, error) {
	b := &builder{
		pkg:     p.heap,
		cache:   p,
		root:    s.fn,
		scope:   s.loop,
		rounds:  rounds,
		graphs:  make(map[*ssa.Function]*graph),
		objects: make(map[any]int),
		procs:   make(map[*heap.Activation]int),
		outside: make(map[heap.Value]traffic),
		locks:   make(map[heap.Value]bool),
		flags:   make(map[heap.Value]bool),
		written: make(map[heap.Value]bool),
		steps:   make(map[stepKey][]*conc.Op),

		deferred: make(map[*conc.Op]*pending),
		touches:  make(map[*heap.Activation]bool),
		asks:     make(map[token.Pos][]ask),
		valued:   make(map[int]bool),
		endless:  make(map[int]bool),

		callersOwn: make(map[int]bool),
		makers:     make(map[int]maker),
		offered:    make(map[offer]bool),

		model: &Model{Func: s.fn, Type: s.typ, Program: new(explore.Program), agreed: make(map[int]bool)},
	}
	if !b.findGroup(s) {
		return nil, reason("makes nothing that a goroutine uses")
	}
	if err := b.build(); err != nil {
		return nil, err
	}
	return b.model, nil
}

// builder makes one model.
type builder struct {
	pkg    *heap.Package
	cache  *Package
	root   *conc.Func
	scope  int // the head of the loop of which one round is followed, or -1
	rounds Rounds
	heap   *heap.Heap
	graphs map[*ssa.Function]*graph

	objects map[any]int // by the heap value, or another identity
	procs   map[*heap.Activation]int
	todo    []func()
	starts  map[int]int // how many Go instructions start a proc
	outside map[heap.Value]traffic
	locks   map[heap.Value]bool // that matter
	waits   bool                // somebody waits for a wait group or condition
	flags   map[heap.Value]bool // see use
	written map[heap.Value]bool // other variables that change
	steps   map[stepKey][]*conc.Op

	deferred map[*conc.Op]*pending
	touches  map[*heap.Activation]bool
	sends    []sent
	asks     map[token.Pos][]ask // by the position of the condition
	valued   map[int]bool        // channels whose values decide a branch
	endless  map[int]bool        // and nothing else ends a loop

	// Of a harness.
	owner       heap.Value // the object
	entries     []entry
	callerProcs uint64
	callersOwn  map[int]bool   // objects that callers make
	makers      map[int]maker  // of channels that one call makes for others
	offered     map[offer]bool // what callers can do: whether again and again

	bases []string // what the numbers of rounds stand for
	model *Model
	fail  reason
}

// traffic is which procs use a channel that comes from elsewhere.
type traffic struct{ in, out uint64 }

// giveUp makes Build fail, for the first reason.
func (b *builder) giveUp(format string, args ...any) {
	if b.fail == "" {
		b.fail = reason(fmt.Sprintf(format, args...))
	}
}

// object is the number of the object with the given identity, which is new
// unless it was seen before.
func (b *builder) object(id any, o explore.Object, mk *conc.Op) int {
	if i, ok := b.objects[id]; ok {
		return i
	}
	prog := b.model.Program
	i := len(prog.Objects)
	b.objects[id] = i
	prog.Objects = append(prog.Objects, o)
	b.model.Makes = append(b.model.Makes, mk)
	if v, ok := id.(heap.Value); ok && v.Obj.In != nil && b.owner.Known() && v.Obj.In.First() != b.heap.Root {
		b.callersOwn[i] = true
	}
	return i
}

// capacity is the capacity of a channel: a constant, or the number of rounds
// of a loop.
func (b *builder) capacity(size ssa.Value) int {
	if n := conc.Const(size); n >= 0 {
		return int(min(n, 1000))
	}
	n, ok := b.eval((&reader{p: b.pkg.Package}).number(size))
	if !ok {
		b.giveUp("a capacity that is not known")
		return 0
	}
	return n
}

// eval is the value of l if all that is not known is the number of rounds. A large
// constant is such a number.
func (b *builder) eval(l linear) (n int, ok bool) {
	if l.base == "" && l.off > mostConst {
		l = linear{base: fmt.Sprint(l.off), mul: 1, ok: l.ok}
	}
	if l.base == "" {
		return l.off, l.ok && l.off >= 0
	}
	i := slices.Index(b.bases, l.base)
	if i < 0 {
		i = len(b.bases)
	}
	if !l.ok || i == len(b.rounds) {
		return 0, false
	}
	if i == len(b.bases) {
		b.bases = append(b.bases, l.base)
		b.model.Counts = len(b.bases)
	}
	n = l.mul*b.rounds[i] + l.off
	return n, n >= 0
}

// graph is the control flow graph of fn.
func (b *builder) graph(fn *ssa.Function) *graph {
	g := b.graphs[fn]
	if g == nil {
		g = newGraph(fn)
		b.graphs[fn] = g
	}
	return g
}

// build translates the function and all goroutines it starts.
func (b *builder) build() error {
	b.starts = make(map[int]int)
	b.newProc(b.root.Name, 1, func(c *code) {
		b.frame(c, b.heap.Root, nil)
	})
	b.model.Program.Procs[0].Main = b.endsProgram()
	for len(b.todo) > 0 && b.fail == "" {
		next := b.todo[0]
		b.todo = b.todo[1:]
		next()
	}
	if b.fail != "" {
		return b.fail // some procs have no code
	}
	if b.owner.Known() {
		b.excuse()
	}
	b.checkOutside()
	b.checkValues()
	b.model.Valued = b.knows()
	b.model.callers = b.callerProcs
	b.model.entries = make(map[*conc.Func]bool)
	for _, e := range b.entries {
		b.model.entries[e.fn] = true
	}
	b.model.single = make(map[int]bool)
	for id, i := range b.objects {
		if v, ok := id.(heap.Value); ok && b.callersOwn[i] && !b.heap.Kept(v) {
			b.model.single[i] = true
		}
	}
	if b.fail != "" {
		return b.fail
	}
	goroutines := 0
	for i := range b.model.Program.Procs {
		p := &b.model.Program.Procs[i]
		p.Max = max(1, min(b.starts[i], mostConst))
		goroutines += p.Max
	}
	if goroutines > 2*mostProcs {
		return reason("too many goroutines")
	}
	b.counting()
	if len(b.model.Program.Procs) < 2 && !b.alone() {
		return reason("no goroutine uses the group")
	}
	return nil
}

// endsProgram reports whether the program ends with the scope: it is all of
// function main.
func (b *builder) endsProgram() bool {
	f := b.root.Obj
	return b.scope < 0 && !b.owner.Known() && f != nil && f.Pkg().Name() == "main" && f.Name() == "main" && f.Signature().Recv() == nil
}

// alone reports whether the function itself may wait, where no goroutine uses
// the group.
func (b *builder) alone() bool {
	return slices.ContainsFunc(b.model.Program.Procs[0].Code, func(in explore.Instr) bool {
		return in.Op == explore.Send || in.Op == explore.Recv || in.Op == explore.Wait
	})
}

// counting lets a goroutine that has a channel of permits to itself wait for one:
// it counts something with them, and knows how many there are.
func (b *builder) counting() {
	for id, obj := range b.objects {
		v, ok := id.(heap.Value)
		if !ok || v.Type() == nil || !isPermits(v.Type()) {
			continue
		}
		var users []int
		sends := false
		for i, p := range b.model.Program.Procs {
			for j := range p.Code {
				for _, c := range p.Code[j].Offers() {
					if c.Obj == obj {
						users = append(users, i)
						sends = sends || c.Op == explore.Send
					}
				}
			}
		}
		if !sends || len(slices.Compact(users)) > 1 || b.model.Program.Procs[users[0]].Max > 1 {
			continue
		}
		code := b.model.Program.Procs[users[0]].Code
		for i := range code {
			if code[i].Op == explore.Recv && code[i].Obj == obj {
				code[i].Idle = true
			}
		}
	}
}

// isPermits reports whether t is a channel whose elements say nothing.
func isPermits(t types.Type) bool {
	ch, ok := t.Underlying().(*types.Chan)
	return ok && conc.IsEmptyStruct(ch.Elem())
}

// newProc adds a proc, to be translated by body.
func (b *builder) newProc(name string, start int, body func(*code)) int {
	prog := b.model.Program
	n := len(prog.Procs)
	prog.Procs = append(prog.Procs, explore.Proc{Name: name, Start: start})
	if n >= mostProcs {
		b.giveUp("too many goroutines")
		return n
	}
	b.todo = append(b.todo, func() {
		c := &code{builder: b, proc: n}
		body(c)
		prog.Procs[n].Code = simplify(c.instrs)
		for _, in := range prog.Procs[n].Code {
			if in.Op == explore.Go {
				b.starts[in.N]++
			}
		}
		b.weigh(prog.Procs[n].Code)
	})
	return n
}

// checkOutside gives up if two goroutines of the model meet on a channel that
// comes from elsewhere: then it says more than that it is ready in the end.
func (b *builder) checkOutside() {
	for _, t := range b.outside {
		if t.in != 0 && t.out != 0 {
			b.giveUp("a channel that comes from elsewhere orders the goroutines")
		}
	}
}
