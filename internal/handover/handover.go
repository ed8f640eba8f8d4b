// Package handover finds what a function does to a value after it has sent it on
// a channel, so that it belongs to the receiver.
//
// Method. A forward dataflow over the instructions of a function. The state is
// the set of memory given away so far: the array of a slice, a map, what a
// pointer points to, named by the place of the variable or field that leads to
// it, or by where it is made. Reslicing, append and the literal of a struct lead
// to the memory of their operands; every other call makes new memory, and so
// does a conversion. Memory is forgotten where its place comes to mean other
// memory, and where the function waits for something that the receiver may tell.
// A function that has sent what a parameter leads to when it returns gives away
// what its callers pass.
//
// What is written by functions without operations on channels, and through
// aliases in memory, is not seen, which loses findings. That a receiver is done
// for another reason is not seen either, which invents them.
package handover

import (
	"cmp"
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// Shape is what kind of memory is given away.
type Shape uint8

const (
	Slice Shape = iota + 1
	Map
	Pointer
)

// A Gift is a value that an operation sends, itself, in what it calls, or in the
// goroutine that it starts.
type Gift struct {
	At     *conc.Op
	Case   int // of At, if it is a select, else -1
	Chan   place.Place
	Send   *conc.Op  // the send itself
	Value  ssa.Value // what is sent or passed
	Shape  Shape
	Member bool // the memory belongs to a field of what is sent
	arg    int  // of At, if it is a call, else -1
}

// How says what is done to memory that was given away.
type How uint8

const (
	Written  How = iota + 1 // an element, field or entry is assigned
	Filled                  // a function that is called writes to it
	Reused                  // it is cut back to be appended to again
	Reset                   // a method that is called lets it be used anew
	Pooled                  // it is put back to a pool
	Retained                // the caller gets it back, by the contract of io.Writer
	Deserted                // the caller gets it back, because the function gives up waiting for the receiver
)

// A Finding is something done to memory after it was given away.
type Finding struct {
	Gift   Gift
	How    How
	Pos    token.Pos // of what is done
	Locked bool      // a lock is held meanwhile
}

// Analysis finds the handovers in the functions of a package.
type Analysis struct {
	r    *effect.Result
	done map[*conc.Func]*flow
}

// New returns an Analysis of the package of r.
func New(r *effect.Result) *Analysis {
	return &Analysis{r: r, done: make(map[*conc.Func]*flow)}
}

// Find returns what f does to memory that it has given away, in source order.
func (a *Analysis) Find(f *conc.Func) []Finding {
	found := a.flow(f).found
	slices.SortStableFunc(found, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(x.Gift.At.Pos(), y.Gift.At.Pos()), cmp.Compare(x.Pos, y.Pos))
	})
	return found
}

// flow is the solution for f. The answer for a function in a cycle of calls is
// that it gives nothing away.
func (a *Analysis) flow(f *conc.Func) *flow {
	if fl := a.done[f]; fl != nil {
		return fl
	}
	fl := &flow{a: a, r: a.r, f: f, gifts: make(map[giftKey]*Gift)}
	a.done[f] = fl
	if sends(f) {
		fl.solve()
	}
	return fl
}

// sends reports whether f may send, itself or in what it calls.
func sends(f *conc.Func) bool {
	for op := range f.Ops {
		if op.Inner != nil {
			op = op.Inner
		}
		if op.Kind == conc.Send || op.Kind == conc.Select || op.Call != nil && len(op.Call.Targets) > 0 {
			return true
		}
	}
	return false
}

// Expr is the expression that is sent or passed, nil if there is none.
func (g *Gift) Expr() ast.Expr {
	switch n := g.At.Node.(type) {
	case *ast.SendStmt:
		return n.Value
	case *ast.SelectStmt:
		for _, clause := range n.Body.List {
			if s, ok := clause.(*ast.CommClause).Comm.(*ast.SendStmt); ok && s.Arrow == g.At.Cases[g.Case].Pos {
				return s.Value
			}
		}
	case *ast.CallExpr:
		i := g.arg
		if g.At.Call != nil && g.At.Call.Obj != nil && g.At.Call.Obj.Signature().Recv() != nil && !g.At.Call.Common.IsInvoke() {
			i--
		}
		if g.arg >= 0 && i >= 0 && i < len(n.Args) && n.Ellipsis == token.NoPos {
			return n.Args[i]
		}
	}
	return nil
}
