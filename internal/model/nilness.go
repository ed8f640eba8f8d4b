package model

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/heap"
	"github.com/chanlint/chanlint/internal/known"
)

// A variable or field that is compared with nil is a flag as well, if all that is
// known to be stored there is nil, and what certainly is not:
//
//	if s.cancel != nil { s.cancel(); s.cancel = nil; <-s.done }
//
// It is 0 as long as it is nil, and 1 after that. If something else is stored
// there too, a branch on it is none that anybody may take at will: goroutines may
// have agreed on what it says.
//
// False positive: what is stored by a function without operations, which is not
// seen.

// isNilable reports whether t is a pointer to what can be nil, but for channels:
// those are objects of their own.
func isNilable(t types.Type) bool {
	ptr, ok := t.Underlying().(*types.Pointer)
	if !ok {
		return false
	}
	switch ptr.Elem().Underlying().(type) {
	case *types.Pointer, *types.Signature, *types.Interface, *types.Map, *types.Slice:
		return true
	}
	return false
}

// nilUse is the use of a variable that can be nil.
func (b *builder) nilUse(a *heap.Activation, instr ssa.Instruction) use {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		if cmp, ok := heap.NilTest(instr); ok {
			return use{kind: compare, not: cmp.Op == token.NEQ, asks: cmp, nilable: true}
		}
		return use{kind: read, nilable: true}
	case *ssa.Store:
		if conc.IsNil(instr.Val) {
			return use{kind: set, nilable: true}
		}
		if heap.NotNil(a, instr.Val) || b.givesValue(instr.Val) {
			return use{kind: set, n: 1, nilable: true}
		}
	}
	return use{nilable: true}
}

// givesValue reports whether v is what a function returns that never returns nil.
func (b *builder) givesValue(v ssa.Value) bool {
	switch w := v.(type) {
	case *ssa.ChangeType:
		return b.givesValue(w.X)
	case *ssa.Extract:
		v = w.Tuple
	}
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	switch op, _ := b.pkg.Operation(&call.Call); op {
	case known.WithCancel, known.NewTimer, known.NewTicker, known.AfterFunc, known.NewCond:
		return true
	}
	return b.isError(v)
}
