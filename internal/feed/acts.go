package feed

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/place"
)

// Kind is what is done with an item.
type Kind uint8

const (
	Count  Kind = iota + 1 // one is added to a number, and the program goes by it
	Tally                  // one is added to a number that only tells
	Sum                    // the item is added to a total
	Append                 // the item is kept in a list
	Take                   // an element is taken off a queue, for a signal
	Start                  // a goroutine is started with the item
)

// An Act is something that is done once for each item.
type Act struct {
	Kind  Kind
	Name  string      // the user's name for the number, list or queue, "" if it has none
	Queue place.Place // Take: the queue, in the function that it is taken in
	Instr ssa.Instruction
}

// Pos is where the act is in the source.
func (a Act) Pos() token.Pos { return a.Instr.Pos() }

// First is the first act that is wanted.
func First(acts []Act, wanted func(Act) bool) (Act, bool) {
	i := slices.IndexFunc(acts, wanted)
	if i < 0 {
		return Act{}, false
	}
	return acts[i], true
}

// Acts returns what is done once for each item that a use receives. Who takes
// an element off a queue before the first receive looks before it waits.
func Acts(r *effect.Result, u conc.Use) []Act {
	cut, ok := cutOf(u)
	if !ok {
		return nil
	}
	f := u.Op.Fn
	s := &scan{r: r, f: f, items: derived(u.Item())}
	s.gated = func(b int) bool {
		return (b == u.Op.Block || f.Reaches(u.Op.Block, b, nil)) && f.Reaches(b, b, nil) && !f.Reaches(b, b, cut)
	}
	return slices.DeleteFunc(s.all(), func(a Act) bool {
		return a.Kind == Take && looksFirst(a.Instr, u, cut)
	})
}

// looksFirst reports whether instr may run before the first receive.
func looksFirst(instr ssa.Instruction, u conc.Use, cut func(conc.Edge) bool) bool {
	b := instr.Block()
	if b.Index == u.Op.Block {
		return slices.Index(b.Instrs, instr) < slices.Index(b.Instrs, u.Op.Instr)
	}
	return b.Index == 0 || u.Op.Fn.Reaches(0, b.Index, cut)
}

// BodyActs returns what is done once in each run of f, which is the body of a
// range loop over a function and gets the item as its parameter.
func BodyActs(r *effect.Result, f *conc.Func) []Act {
	s := &scan{r: r, f: f, items: make(map[ssa.Value]bool)}
	for _, param := range f.SSA.Params {
		s.items = derived(param)
	}
	s.gated = func(b int) bool { return !f.Reaches(b, b, nil) }
	return s.all()
}

// CallActs returns what is done once for each call, whose first result is the
// item.
func CallActs(r *effect.Result, op *conc.Op) []Act {
	call, ok := op.Instr.(*ssa.Call)
	if !ok {
		return nil
	}
	s := &scan{r: r, f: op.Fn, items: derived(first(call))}
	s.gated = func(b int) bool {
		cut := func(e conc.Edge) bool { return e.To == op.Block }
		return op.Fn.Reaches(b, b, nil) && !op.Fn.Reaches(b, b, cut)
	}
	return s.all()
}

// first is the first result of a call, nil if nothing uses it.
func first(call *ssa.Call) ssa.Value {
	if _, ok := call.Type().(*types.Tuple); !ok {
		return call
	}
	for _, ref := range *call.Referrers() {
		if ext, ok := ref.(*ssa.Extract); ok && ext.Index == 0 {
			return ext
		}
	}
	return nil
}

// cutOf are the edges that are taken only with an item.
func cutOf(u conc.Use) (func(conc.Edge) bool, bool) {
	if u.Case < 0 {
		return func(e conc.Edge) bool { return e.To == u.Op.Block }, true
	}
	edge, ok := u.Op.CaseEdge(u.Case)
	return func(e conc.Edge) bool { return e == edge }, ok
}

// scan looks for acts in the blocks of f that run once for each item.
type scan struct {
	r     *effect.Result
	f     *conc.Func
	items map[ssa.Value]bool // what is made of an item
	gated func(block int) bool
}

func (s *scan) all() []Act {
	var acts []Act
	for _, b := range s.f.Blocks {
		if !s.gated(b.SSA.Index) {
			continue
		}
		for _, instr := range b.SSA.Instrs {
			if a := s.act(instr); a.Kind != 0 {
				a.Instr = instr
				acts = append(acts, a)
			}
		}
	}
	slices.SortStableFunc(acts, func(a, b Act) int { return int(a.Pos() - b.Pos()) })
	return acts
}

// act recognizes an act, of kind zero if it is none.
func (s *scan) act(instr ssa.Instruction) Act {
	switch instr := instr.(type) {
	case *ssa.BinOp:
		if instr.Op == token.ADD {
			return s.addition(instr)
		}
	case *ssa.Slice:
		return s.take(instr)
	case *ssa.Go:
		if slices.ContainsFunc(operands(instr), func(v ssa.Value) bool { return s.items[v] }) {
			return Act{Kind: Start}
		}
	case *ssa.Call:
		return s.call(instr)
	}
	return Act{}
}

// addition recognizes n++ and total += item.
func (s *scan) addition(add *ssa.BinOp) Act {
	name, ok := s.accumulates(add, add.X)
	if !ok {
		return Act{}
	}
	one := conc.Const(add.Y) == 1
	switch {
	case one && s.decides(add):
		return Act{Kind: Count, Name: name}
	case one:
		return Act{Kind: Tally, Name: name}
	case s.items[add.Y]:
		return Act{Kind: Sum, Name: name}
	}
	return Act{}
}

// accumulates reports whether v is made of old and becomes the next value of
// the same variable or field.
func (s *scan) accumulates(v, old ssa.Value) (name string, ok bool) {
	switch old := old.(type) {
	case *ssa.Phi:
		return old.Comment, flowsInto(v, old, 4)
	case *ssa.UnOp:
		if old.Op != token.MUL {
			return "", false
		}
		pl := s.r.Places.Of(old.X)
		for _, ref := range *v.Referrers() {
			if st, ok := ref.(*ssa.Store); ok && st.Val == v && s.r.Places.Of(st.Addr) == pl && !pl.IsZero() {
				return pl.String(), true
			}
		}
	}
	return "", false
}

// flowsInto reports whether v is an operand of the phi, perhaps through others.
func flowsInto(v ssa.Value, phi *ssa.Phi, depth int) bool {
	if depth == 0 {
		return false
	}
	for _, ref := range *v.Referrers() {
		if p, ok := ref.(*ssa.Phi); ok && (p == phi || flowsInto(p, phi, depth-1)) {
			return true
		}
	}
	return false
}

// decides reports whether the number that add computes is compared with
// something, and never starts anew while items come in.
//
// False negative: a number in a field that another function compares.
func (s *scan) decides(add *ssa.BinOp) bool {
	values := []ssa.Value{add}
	if phi, ok := add.X.(*ssa.Phi); ok {
		if s.resets(phi) {
			return false
		}
		values = append(values, phi)
	} else {
		pl := s.r.Places.Of(add.X.(*ssa.UnOp).X)
		values = append(values, s.loads(pl)...)
	}
	return slices.ContainsFunc(values, compared)
}

// resets reports whether a variable is set to a constant in the loop.
func (s *scan) resets(phi *ssa.Phi) bool {
	head := phi.Block().Index
	for i, e := range phi.Edges {
		pred := phi.Block().Preds[i].Index
		if p, ok := e.(*ssa.Phi); ok && p != phi && slices.ContainsFunc(p.Edges, isConst) {
			return true
		}
		if isConst(e) && s.f.Reaches(head, pred, nil) {
			return true
		}
	}
	return false
}

func isConst(v ssa.Value) bool {
	_, ok := v.(*ssa.Const)
	return ok
}

// loads are the loads of pl in the function, none if it is set to a constant in
// a loop.
func (s *scan) loads(pl place.Place) []ssa.Value {
	var out []ssa.Value
	for instr := range s.f.Instrs {
		b := instr.Block().Index
		switch instr := instr.(type) {
		case *ssa.Store:
			if isConst(instr.Val) && s.r.Places.Of(instr.Addr) == pl && s.f.Reaches(b, b, nil) {
				return nil
			}
		case *ssa.UnOp:
			if instr.Op == token.MUL && s.r.Places.Of(instr.X) == pl {
				out = append(out, instr)
			}
		}
	}
	return out
}

// compared reports whether a branch or a result depends on how v compares with
// something else than nothing.
func compared(v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		if cmp, ok := ref.(*ssa.BinOp); ok && isComparison(cmp.Op) && conc.Const(cmp.X) != 0 && conc.Const(cmp.Y) != 0 {
			return true
		}
	}
	return false
}

func isComparison(op token.Token) bool {
	switch op {
	case token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ:
		return true
	}
	return false
}

func operands(instr ssa.Instruction) []ssa.Value {
	var out []ssa.Value
	for _, v := range instr.Operands(nil) {
		if *v != nil {
			out = append(out, *v)
		}
	}
	return out
}
