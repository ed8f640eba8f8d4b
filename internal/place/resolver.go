package place

import (
	"sync"

	"golang.org/x/tools/go/ssa"
)

// A Resolver finds the places of SSA values. It caches what it finds, so one
// Resolver serves a package. It is safe for concurrent use, because drivers run
// the passes over a package at the same time.
type Resolver struct {
	mu sync.Mutex
	in memory
}

// NewResolver returns an empty Resolver.
func NewResolver() *Resolver {
	return &Resolver{in: memory{
		memo:  make(map[ssa.Value]Place),
		bound: make(map[*ssa.FreeVar]ssa.Value),
	}}
}

// Of returns the place of v: of the variable if v is an address, of what it
// holds if v is a value. It is zero for nil, constants and functions.
func (r *Resolver) Of(v ssa.Value) Place {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.in.Of(v)
}

// Binding is the value that a captured variable was bound to where its
// closure was made, nil if that is not known.
func (r *Resolver) Binding(fv *ssa.FreeVar) ssa.Value {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.in.Binding(fv)
}

// Stored returns every value stored to a local variable, also by the closures
// that capture it.
func (r *Resolver) Stored(addr ssa.Value) []ssa.Value {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.in.Stored(addr)
}
