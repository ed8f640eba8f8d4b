package heap

import (
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
)

// An Object is what one instruction makes in one activation, or a global, a
// function, or something external.
type Object struct {
	Site   ssa.Value   // the instruction, parameter, global or function
	In     *Activation // nil for what exists once
	Extern bool        // it comes from elsewhere
	Plural bool        // it may stand for several at the same time
}

// A Value is what a variable can hold: an object, or the place in it at the
// end of a path of fields and elements. The zero Value is unknown.
type Value struct {
	Obj  *Object
	Path string
}

// Unknown is any value at all.
var Unknown Value

// nothing is no value: nil, or a value that is not there yet.
var nothing = Value{Obj: new(Object)}

// Known reports whether v denotes one object.
func (v Value) Known() bool { return v.Obj != nil && v != nothing }

// at is the place at the end of path in v.
func (v Value) at(path string) Value {
	if !v.Known() {
		return v
	}
	if len(v.Path)+len(path) > longestPath {
		return Unknown
	}
	return Value{v.Obj, v.Path + path}
}

// longestPath bounds the length of a path in bytes: longer ones come from
// structures that contain copies of themselves.
const longestPath = 120

// join is what may be a or b.
func join(a, b Value) Value {
	switch {
	case a == nothing || a == b:
		return b
	case b == nothing:
		return a
	}
	return Unknown
}

// An Activation is a function, called or started from another one.
type Activation struct {
	Fn     *conc.Func
	Caller *Activation     // nil for the root
	Call   ssa.Instruction // in Caller; may be nil
	Go     bool            // it is a goroutine
	Plural bool            // there may be several at the same time

	args    []operand
	closure *Object // the function value, if it is a literal
	depth   int
}

// An operand is an argument: a value of the caller, or what it was found to be.
type operand struct {
	val   ssa.Value
	in    *Activation
	value Value
}

// Param is the SSA value that was passed for parameter i of a, and where; nil
// if there is none.
func (a *Activation) Param(i int) (ssa.Value, *Activation) {
	if i >= len(a.args) {
		return nil, nil
	}
	return a.args[i].val, a.args[i].in
}

// Goroutine is the activation in which the goroutine of a begins.
func (a *Activation) Goroutine() *Activation {
	for !a.Go && a.Caller != nil {
		a = a.Caller
	}
	return a
}

// Scope says which part of the root function is one activation.
type Scope struct {
	Fn     *conc.Func
	Within func(block int) bool                   // whether a block belongs to the scope; nil if all do
	Loops  func(fn *ssa.Function, block int) bool // whether a block may run more than once
	Depth  int                                    // how many calls deep to follow
}

// Bounds of what is followed.
const (
	mostActivations = 80
	mostMoves       = 3000 // stores, sends and calls of all activations together
	mostPasses      = 6
)

// A Heap is what a scope and all that it calls and starts hold.
type Heap struct {
	Root        *Activation
	Activations []*Activation
	Full        bool // not all was followed, because it is too much

	pkg      *Package
	scope    Scope
	objects  map[objectKey]*Object
	calls    map[callKey]*Activation
	stores   map[*Object]map[string]Value
	memo     map[valueKey]Value
	escaped  map[*Object]bool
	owner    *Object         // see Own
	lent     map[string]bool // paths in owner that have escaped
	received map[Value]bool  // what was received and has escaped
	owned    map[*Object]bool
	changed  bool
	final    bool
}

type objectKey struct {
	site ssa.Value
	in   *Activation
}

type callKey struct {
	caller *Activation
	instr  ssa.Instruction
	fn     *ssa.Function
}

type valueKey struct {
	in  *Activation
	val ssa.Value
}

// New is the heap of a scope, of which nothing is known until Follow.
func New(pkg *Package, s Scope) *Heap {
	h := &Heap{
		pkg:      pkg,
		scope:    s,
		objects:  make(map[objectKey]*Object),
		calls:    make(map[callKey]*Activation),
		stores:   make(map[*Object]map[string]Value),
		escaped:  make(map[*Object]bool),
		lent:     make(map[string]bool),
		received: make(map[Value]bool),
	}
	h.Root = &Activation{Fn: s.Fn}
	h.Activations = []*Activation{h.Root}
	return h
}

// Own makes the object that alloc makes in the root one that others use as
// well, by the functions that are entered with it. Those see all of its uses.
func (h *Heap) Own(alloc *ssa.Alloc) Value {
	h.owner = h.object(alloc, h.Root)
	return Value{Obj: h.owner}
}

// Enter adds an activation of f that others call, at any time, with v for
// parameter i.
func (h *Heap) Enter(f *conc.Func, i int, v Value) *Activation {
	a := &Activation{Fn: f, Go: true}
	for range i {
		a.args = append(a.args, operand{})
	}
	a.args = append(a.args, operand{value: v})
	h.Activations = append(h.Activations, a)
	return a
}

// Follow scans all activations until nothing new is found, or until Full.
func (h *Heap) Follow() {
	for range mostPasses {
		h.changed = false
		moves := 0
		h.memo = make(map[valueKey]Value)
		for i := 0; i < len(h.Activations); i++ { // it grows
			moves += len(h.pkg.body(h.Activations[i].Fn.SSA).moves)
			if h.Full = h.Full || moves > mostMoves; h.Full {
				return
			}
			h.scan(h.Activations[i])
		}
		if !h.changed {
			break
		}
	}
	if h.Full = h.changed; h.Full {
		return // there is still something new
	}
	h.memo = make(map[valueKey]Value)
	h.final = true
	for i := 0; i < len(h.Activations); i++ {
		h.findEscapes(h.Activations[i])
	}
	h.spread()
}

// object is the object that site makes in a.
func (h *Heap) object(site ssa.Value, a *Activation) *Object {
	key := objectKey{site, a}
	o := h.objects[key]
	if o == nil {
		o = &Object{Site: site, In: a, Plural: a != nil && a.Plural}
		if instr, ok := site.(ssa.Instruction); ok && a != nil && h.loops(a, instr) {
			o.Plural = true
		}
		h.objects[key] = o
	}
	return o
}

// loops reports whether instr may run more than once in a.
func (h *Heap) loops(a *Activation, instr ssa.Instruction) bool {
	if instr.Block() == nil {
		return false
	}
	return h.scope.Loops(a.Fn.SSA, instr.Block().Index)
}

// record notes that the place at holds v.
func (h *Heap) record(at, v Value) {
	if !at.Known() || v == nothing {
		return
	}
	m := h.stores[at.Obj]
	if m == nil {
		m = make(map[string]Value)
		h.stores[at.Obj] = m
	}
	old, ok := m[at.Path]
	if !ok {
		old = nothing
	}
	if sum := join(old, v); sum != old || !ok {
		m[at.Path] = sum
		h.changed = true
	}
}

// Escaped reports whether v may be used by what is not followed.
func (h *Heap) Escaped(v Value) bool {
	if v.Obj != h.owner {
		return h.escaped[v.Obj]
	}
	for at := range h.lent {
		if strings.HasPrefix(v.Path, at) {
			return true
		}
	}
	return false
}

// Kept reports whether v is kept in a map or slice, or in the object of Own, where
// somebody may find it later.
func (h *Heap) Kept(v Value) bool {
	for o, m := range h.stores {
		switch o.Site.(type) {
		case *ssa.MakeMap, *ssa.MakeSlice, *ssa.Call: // a call of append
		default:
			if o != h.owner {
				continue
			}
		}
		for path, val := range m {
			if (val == v || val.Known() && h.holds(val.Obj, v)) && !strings.Contains(path, "<-") {
				return true
			}
		}
	}
	return false
}

// holds reports whether o, a structure, has v in one of its fields.
func (h *Heap) holds(o *Object, v Value) bool {
	for path, val := range h.stores[o] {
		if val == v && !strings.Contains(path, "<-") {
			return true
		}
	}
	return false
}

// First is the activation that a is called from in the end.
func (a *Activation) First() *Activation {
	for a.Caller != nil {
		a = a.Caller
	}
	return a
}
