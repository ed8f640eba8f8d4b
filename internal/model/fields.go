package model

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/heap"
)

// complete reports whether every use of the fields that v is, or is kept in, is
// one that was followed.
func (b *builder) complete(v heap.Value) bool {
	if !b.owner.Known() {
		return true
	}
	for _, f := range b.heap.Fields(v) {
		if f.Open || f.Var.Pkg() != b.pkg.Types {
			return false
		}
		for _, u := range b.uses(f.Var) {
			if !b.follows(u) {
				return false
			}
		}
	}
	return true
}

// A fieldUse is a selection of a field.
type fieldUse struct {
	fn   *ssa.Function
	base ssa.Value
}

// uses are the selections of a field in the package.
func (b *builder) uses(f *types.Var) []fieldUse {
	if b.cache.fields == nil {
		b.cache.fields = make(map[*types.Var][]fieldUse)
		for _, fn := range b.pkg.Funcs {
			for _, blk := range fn.SSA.Blocks {
				for _, instr := range blk.Instrs {
					if fa, ok := instr.(*ssa.FieldAddr); ok {
						if f := fieldOf(fa); f != nil {
							b.cache.fields[f] = append(b.cache.fields[f], fieldUse{fn.SSA, fa.X})
						}
					}
				}
			}
		}
	}
	return b.cache.fields[f]
}

// fieldOf is the field that fa selects.
func fieldOf(fa *ssa.FieldAddr) *types.Var {
	st, ok := fa.X.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	return st.Field(fa.Field).Origin()
}

// follows reports whether a use was followed, on an object that is known each
// time.
func (b *builder) follows(u fieldUse) bool {
	found := false
	for _, a := range b.heap.Activations {
		if a.Fn.SSA != u.fn {
			continue
		}
		found = true
		if !b.heap.Eval(a, u.base).Known() {
			return false
		}
	}
	return found
}
