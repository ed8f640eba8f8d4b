package feed

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/place"
)

// deep is how many calls deep a queue is looked for.
const deep = 2

// call recognizes an append of the item, and a call that takes one element off
// a queue.
func (s *scan) call(call *ssa.Call) Act {
	if b, ok := call.Call.Value.(*ssa.Builtin); ok {
		if b.Name() != "append" || !s.appendsItem(call) {
			return Act{}
		}
		name, ok := s.accumulates(call, call.Call.Args[0])
		if !ok {
			return Act{}
		}
		return Act{Kind: Append, Name: name}
	}
	if queue := s.takes(s.r.Func(call.Call.StaticCallee()), deep); !queue.IsZero() {
		return Act{Kind: Take, Name: queue.String(), Queue: queue}
	}
	return Act{}
}

// appendsItem reports whether what is appended is made of the item.
func (s *scan) appendsItem(call *ssa.Call) bool {
	if s.items[call.Call.Args[1]] {
		return true // items...
	}
	list, ok := call.Call.Args[1].(*ssa.Slice)
	if !ok {
		return false
	}
	array, ok := list.X.(*ssa.Alloc)
	if !ok {
		return false
	}
	for _, ref := range *array.Referrers() {
		ia, ok := ref.(*ssa.IndexAddr)
		if !ok {
			continue
		}
		for _, ref := range *ia.Referrers() {
			if st, ok := ref.(*ssa.Store); ok && s.items[st.Val] {
				return true
			}
		}
	}
	return false
}

// take recognizes q = q[1:] for a queue that others can fill.
func (s *scan) take(sl *ssa.Slice) Act {
	queue := s.shortened(sl)
	if queue.IsZero() {
		return Act{}
	}
	return Act{Kind: Take, Name: queue.String(), Queue: queue}
}

// shortened is the field or global that is made shorter by its first element,
// zero if that is not what sl is for.
func (s *scan) shortened(sl *ssa.Slice) place.Place {
	old, ok := sl.X.(*ssa.UnOp)
	if !ok || old.Op != token.MUL || conc.Const(sl.Low) != 1 || sl.High != nil {
		return place.Place{}
	}
	pl := s.r.Places.Of(old.X)
	if pl.Field() == nil && pl.Kind() != place.Global {
		return place.Place{}
	}
	for _, ref := range *sl.Referrers() {
		if st, ok := ref.(*ssa.Store); ok && s.r.Places.Of(st.Addr) == pl {
			return pl
		}
	}
	return place.Place{}
}

// takes is the queue that a call of f takes one element off, zero if there is
// none or it may take more.
func (s *scan) takes(f *conc.Func, depth int) place.Place {
	if f == nil || depth == 0 {
		return place.Place{}
	}
	for instr := range f.Instrs {
		queue := place.Place{}
		switch instr := instr.(type) {
		case *ssa.Slice:
			queue = s.shortened(instr)
		case *ssa.Call:
			queue = s.takes(s.r.Func(instr.Call.StaticCallee()), depth-1)
		}
		if queue.IsZero() {
			continue
		}
		if b := instr.Block().Index; f.Reaches(b, b, nil) {
			return place.Place{} // in a loop: it may take all
		}
		return queue
	}
	return place.Place{}
}

// Fills reports whether f, or a function that it calls, appends to what is
// joined with queue.
func Fills(p *conc.Package, f *conc.Func, queue place.Place) bool {
	return fills(p, f, queue.Join(), deep)
}

func fills(p *conc.Package, f *conc.Func, queue place.Join, depth int) bool {
	if f == nil || depth == 0 {
		return false
	}
	for instr := range f.Instrs {
		call, ok := instr.(*ssa.Call)
		if !ok {
			continue
		}
		if b, ok := call.Call.Value.(*ssa.Builtin); ok {
			if b.Name() == "append" && p.Places.Of(call.Call.Args[0]).Join() == queue {
				return true
			}
			continue
		}
		if fills(p, p.Func(call.Call.StaticCallee()), queue, depth-1) {
			return true
		}
	}
	return false
}

// derived are the values made of an item: its fields, elements, conversions,
// and what variables they are kept in are loaded as.
func derived(item ssa.Value) map[ssa.Value]bool {
	all := make(map[ssa.Value]bool)
	var add func(v ssa.Value)
	add = func(v ssa.Value) {
		if v == nil || all[v] || v.Referrers() == nil {
			return
		}
		all[v] = true
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case *ssa.Field, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Index, *ssa.Convert, *ssa.ChangeType,
				*ssa.MakeInterface, *ssa.ChangeInterface, *ssa.TypeAssert, *ssa.Extract, *ssa.MakeClosure:
				add(ref.(ssa.Value))
			case *ssa.UnOp:
				if ref.Op == token.MUL {
					add(ref)
				}
			case *ssa.Store:
				if alloc, ok := ref.Addr.(*ssa.Alloc); ok && ref.Val == v {
					add(alloc)
				}
			}
		}
	}
	add(item)
	return all
}
