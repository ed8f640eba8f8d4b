package effect

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
)

// handleUses are what a call of a method of a handle of the companion library
// does to the handle, in the terms of channels.
func (r *Result) handleUses(op *conc.Op) []ChanUse {
	if op.Call.Obj == nil || len(op.Call.Args) == 0 {
		return nil
	}
	if pkg := op.Call.Obj.Pkg(); pkg == nil || !known.IsCompanion(pkg.Path()) {
		return nil
	}
	name := op.Call.Obj.FullName()
	what := known.HandleOf(name)
	use := ChanUse{Chan: op.Call.Args[0], Op: op, Case: -1, Always: true, Handle: true, Where: where(r.Fset, op.Pos())}
	var out []ChanUse
	if what&known.HandleUse != 0 {
		use.Kind = conc.Send
		out = append(out, use)
	}
	if what&known.HandleEnd != 0 && (what&known.HandleUse == 0 || !reservesMany(op)) {
		use.Kind = conc.Close
		out = append(out, use)
	}
	return out
}

// reservesMany reports whether the permit that op sends with may have more than
// one slot: it is not known to be from Reserve or TryReserve.
func reservesMany(op *conc.Op) bool {
	recv := op.Call.Obj.Signature().Recv().Type()
	if named, ok := types.Unalias(recv).(*types.Named); !ok || named.Obj().Name() != "Permit" {
		return false
	}
	ext, ok := op.Call.Args[0].Root().(*ssa.Extract)
	if !ok {
		return true
	}
	call, ok := ext.Tuple.(*ssa.Call)
	if !ok || call.Call.StaticCallee() == nil {
		return true
	}
	name := call.Call.StaticCallee().Name()
	name, _, _ = strings.Cut(name, "[")
	return name != "Reserve" && name != "TryReserve"
}
