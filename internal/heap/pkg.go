package heap

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/known"
)

// A Package is a package whose functions are followed. It keeps what is asked
// of them again and again, and is not safe for concurrent use.
type Package struct {
	*conc.Package
	ops    map[*types.Func]operation
	bodies map[*ssa.Function]*body
}

// NewPackage prepares a package.
func NewPackage(p *conc.Package) *Package {
	return &Package{Package: p, ops: make(map[*types.Func]operation), bodies: make(map[*ssa.Function]*body)}
}

// operation is what a function is to package known, and its full name.
type operation struct {
	op   known.Op
	name string
}

// Operation is what the function that call names is, to package known, and its
// full name.
func (p *Package) Operation(call *ssa.CallCommon) (known.Op, string) {
	var obj *types.Func
	if call.IsInvoke() {
		obj = call.Method
	} else if fn := call.StaticCallee(); fn != nil {
		obj, _ = fn.Object().(*types.Func)
	}
	if obj == nil {
		return known.NoOp, ""
	}
	op, ok := p.ops[obj]
	if !ok {
		op.name = obj.Origin().FullName()
		op.op = known.OpOf(op.name)
		p.ops[obj] = op
	}
	return op.op, op.name
}

// body is what matters of the instructions of a function, in order.
type body struct {
	moves   []ssa.Instruction // stores, sends and calls
	returns []*ssa.Return
	vars    []ssa.Instruction // what may use a truth value or number, or what can be nil
	picks   []ssa.Value       // elements at indices that are not constant
	phis    []*ssa.Phi        // what may come from several blocks, and leads to something
}

// body is the body of fn.
func (p *Package) body(fn *ssa.Function) *body {
	if b := p.bodies[fn]; b != nil {
		return b
	}
	out := new(body)
	p.bodies[fn] = out
	for _, blk := range fn.Blocks {
		for _, instr := range blk.Instrs {
			switch instr := instr.(type) {
			case *ssa.Store:
				out.vars = append(out.vars, instr)
				if carries(instr.Val.Type()) {
					out.moves = append(out.moves, instr)
				}
			case *ssa.UnOp:
				if instr.Op == token.MUL && mayAsk(instr) {
					out.vars = append(out.vars, instr)
				}
			case *ssa.Phi:
				if carries(instr.Type()) {
					out.phis = append(out.phis, instr)
				}
			case *ssa.Return:
				out.returns = append(out.returns, instr)
			case *ssa.Call:
				out.moves = append(out.moves, instr)
				if len(instr.Call.Args) > 0 && !instr.Call.IsInvoke() {
					out.vars = append(out.vars, instr)
				}
			case *ssa.MapUpdate, *ssa.Send, *ssa.Select, *ssa.Go, *ssa.Defer:
				out.moves = append(out.moves, instr)
			case *ssa.IndexAddr, *ssa.Index, *ssa.Lookup, *ssa.Next:
				if v := instr.(ssa.Value); picks(v) != nil {
					out.picks = append(out.picks, v)
				}
			}
		}
	}
	return out
}

// mayAsk reports whether a load may be for a truth value or number, or to know
// whether something is nil.
func mayAsk(load *ssa.UnOp) bool {
	_, isTest := NilTest(load)
	return isTest || !carries(load.Type())
}

// Variables are the instructions of a that may use a truth value or number, or
// what can be nil.
func (h *Heap) Variables(a *Activation) []ssa.Instruction { return h.pkg.body(a.Fn.SSA).vars }
