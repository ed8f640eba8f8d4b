// Package conc reduces the functions of a package to their operations on
// channels, locks, wait groups, timers and contexts: the vocabulary that the
// rest of the engine speaks.
//
// Method. A function matters if its body mentions such an operation, or calls
// a function that does, which is decided on syntax and types by a fixpoint
// over the package; the answer for functions of other packages comes from the
// caller. SSA form is built for the functions that matter only, and each block
// is reduced to its operations in order. Everything else disappears. The
// standard library's operations are those that internal/known lists.
//
// Calls are resolved to functions of the package where that is possible: by
// name, through closures and method values, through fields that hold
// functions, and through interfaces that types of the package implement. A
// call that is not resolved has no targets, and is quiet.
package conc

import (
	"go/ast"
	"go/token"
	"go/types"
	"sync"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/known"
	"github.com/chanlint/chanlint/internal/place"
)

// A Package holds the reduced functions of one package.
type Package struct {
	Fset   *token.FileSet
	Types  *types.Package
	Funcs  []*Func // in source order, literals after the function they are in
	Places *place.Resolver

	info  *types.Info
	byFn  map[*ssa.Function]*Func
	nodes map[token.Pos]ast.Node // by the position that SSA gives the operation

	uses    map[place.Join]*Uses       // operations on channels, wait groups and conditions
	stores  map[*types.Var][]stored    // what is stored in fields and globals that hold functions
	sent    map[place.Join][]ssa.Value // function values sent on channels
	conds   map[place.Join]condLock
	methods map[string][]*Func
	initial map[types.Object]int64 // of unexported variables that start as a constant
	escapes map[place.Join]bool    // given to where it is not followed
	lent    map[place.Join]bool    // the same, to receive from only
	given   map[place.Join]bool    // other packages may receive from it
	holding sync.Once
	held    map[place.Join][]ssa.Value // what is assigned, see Held
	callers map[*Func][]CallTo
	calls   map[*types.Func][]*Op
}

// stored is a function value kept in a field of the object at owner.
type stored struct {
	val   ssa.Value
	owner place.Place
}

// condLock is a condition variable and its lock, where it is made.
type condLock struct{ cond, lock place.Place }

// A Func is a function, method or function literal.
type Func struct {
	SSA    *ssa.Function
	Obj    *types.Func // nil for a literal
	Parent *Func       // the function that a literal is in, else nil
	Name   string      // as messages print it: "Stop", "a function literal"
	Blocks []*Block    // by index, as in SSA
	Anons  []*Func

	AsValue bool // it is used other than by being called, started or deferred
	Started bool // it is started as a goroutine
}

// A Block is a basic block, reduced to operations.
type Block struct {
	Ops   []*Op
	Succs []int
	Preds []int
	SSA   *ssa.BasicBlock
}

// Kind is the kind of an operation.
type Kind uint8

const (
	Send Kind = iota + 1
	Recv
	Select
	Close
	Make
	Lock
	RLock
	Unlock
	RUnlock
	TryLock
	TryRLock
	Add
	Done
	Wait
	CondWait
	Signal
	Broadcast
	Sleep
	Known // a call that internal/known says blocks
	Call
	Once // a call of Once.Do
	Cancel
	Go
	Defer
	RunDefers
	Return
	Panic
)

// An Op is one operation.
type Op struct {
	Kind  Kind
	Fn    *Func
	Block int
	Instr ssa.Instruction
	Node  ast.Node    // the syntax, nil if there is none
	Place place.Place // the channel, lock, wait group, condition, once or context

	Size       ssa.Value // Make: the capacity
	CommaOk    bool      // Recv: the form with ok, or a range clause
	Range      bool      // Recv: by a range clause
	Cases      []Case    // Select
	HasDefault bool      // Select
	Delta      ssa.Value // Add: the argument
	Blocking   known.Blocking
	Call       *CallSite // Call, Known and Once
	Inner      *Op       // Go, Defer: what is started or deferred
	Bound      Bound     // Recv: what the channel is
}

// A Case is a case of a select statement.
type Case struct {
	Send  bool
	Place place.Place
	Bound Bound
	Pos   token.Pos
	Index int
}

// Bound says what ends the wait on a channel by itself.
type Bound uint8

const (
	Unbounded Bound = iota
	ByTimer         // time.After, Timer.C, Ticker.C
	ByContext       // Context.Done, or a method like it
)

// A CallSite is a call, resolved as far as that is possible.
type CallSite struct {
	Common  *ssa.CallCommon
	Name    string      // of the function, as messages print it
	Obj     *types.Func // the function or interface method that is named, nil for a function value
	Args    []place.Place
	Targets []Target
	Param   *ssa.Parameter // the parameter of the function that is called, if it is one
}

// Via says how a call was resolved to a target.
type Via uint8

const (
	Static    Via = iota // by name, or a literal called in place
	Callback             // a function value kept in a field or variable
	Interface            // an implementation, in the package, of an interface method
)

// A Target is a function that a call may reach.
type Target struct {
	Func  *Func
	Via   Via
	subst map[ssa.Value]place.Place
	other bool // it was kept in a field of what may be another object
}

// Shares reports whether a place of the target, as [Target.Into] translates it,
// is what the function that calls it has there. It need not be for what the
// target, a literal, captured: a literal that was stored in a field is called
// through the field of another object, so another activation of the function
// around it may have made it.
func (t Target) Shares(p place.Place) bool {
	if !t.other || p.Kind() == place.Global {
		return true
	}
	_, ok := t.subst[p.Root()]
	return ok || p.IsZero() || p.Root().Parent() == t.Func.SSA
}

// Into translates a place of the target into the function that calls it. The
// result is zero if the place means nothing there.
func (t Target) Into(p place.Place) place.Place {
	if to, ok := t.subst[p.Root()]; ok {
		return p.In(to)
	}
	if p.Kind() != place.Param {
		return p
	}
	if param := p.Root().(*ssa.Parameter); param.Parent() != t.Func.SSA {
		return p // a parameter of an enclosing function, captured
	}
	return place.Place{}
}

// Enter translates a place of the calling function into the target. The result
// is zero if the target cannot reach the place.
func (t Target) Enter(p place.Place) place.Place {
	if p.Kind() == place.Global {
		return p
	}
	for _, param := range t.Func.SSA.Params {
		if arg, ok := t.subst[param]; ok {
			if q := p.Rebase(arg, param); !q.IsZero() {
				return q
			}
		}
	}
	if t.Func.Parent != nil {
		return p // a literal shares the variables of the function it is in
	}
	return place.Place{}
}

// Func returns the reduced function of fn, nil if it does not matter or is
// not of this package.
func (p *Package) Func(fn *ssa.Function) *Func {
	if fn == nil {
		return nil
	}
	if f := p.byFn[fn]; f != nil {
		return f
	}
	return p.byFn[fn.Origin()]
}

// Pos is where the operation is in the source.
func (op *Op) Pos() token.Pos {
	if op.Node != nil {
		return op.Node.Pos()
	}
	return op.Instr.Pos()
}

// End is where the operation ends in the source.
func (op *Op) End() token.Pos {
	switch n := op.Node.(type) {
	case nil:
		return op.Instr.Pos()
	case *ast.RangeStmt:
		return n.X.End()
	case *ast.SelectStmt:
		return n.Select + token.Pos(len("select"))
	case *ast.CallExpr:
		if _, ok := n.Fun.(*ast.FuncLit); ok {
			return n.Fun.Pos() + token.Pos(len("func"))
		}
	}
	return op.Node.End()
}

// Ops yields every operation of f, by block.
func (f *Func) Ops(yield func(*Op) bool) {
	for _, b := range f.Blocks {
		for _, op := range b.Ops {
			if !yield(op) {
				return
			}
		}
	}
}

// Encloses reports whether fn is f or a literal in it.
func (f *Func) Encloses(fn *ssa.Function) bool {
	for ; fn != nil; fn = fn.Parent() {
		if fn == f.SSA {
			return true
		}
	}
	return false
}

// Root is the declared function that f is, or is inside of.
func (f *Func) Root() *Func {
	for f.Parent != nil {
		f = f.Parent
	}
	return f
}
