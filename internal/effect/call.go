package effect

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/lockset"
	"github.com/chanlint/chanlint/internal/place"
)

// Waits returns the ways in which op may block: its own, or those of the
// functions it calls, in the places of the function that op is in.
func (r *Result) Waits(op *conc.Op) []Wait {
	if op.Kind == conc.Go {
		return nil
	}
	var out []Wait
	if w, ok := r.own(op); ok {
		out = append(out, w)
	}
	if op.Call == nil || op.Kind == conc.Known {
		return out
	}
	if fact := r.factOf(op.Call); fact != nil {
		out = append(out, fact.waits(op)...)
		out = append(out, r.inPlace(op, fact)...)
	}
	for _, t := range op.Call.Targets {
		for _, w := range r.funcs[t.Func].summary.waits {
			out = append(out, lift(w, t, op))
		}
		out = append(out, r.throughParams(op, t)...)
	}
	return out
}

// lift translates a wait of the target of a call into the caller.
func lift(w Wait, t conc.Target, op *conc.Op) Wait {
	w.path = append(slices.Clip(w.path), t)
	w.Via = max(w.Via, t.Via)
	if t.Func.Obj != nil {
		w.Calls = append([]string{t.Func.Name}, w.Calls...)
		w.Depth++
	}
	if t.Func.Obj != nil || t.Func.Root() != op.Fn.Root() {
		w.At = op
	}
	freed := w.Freed
	w.Freed = nil
	for _, pl := range freed {
		if pl = t.Into(pl); !pl.IsZero() {
			w.Freed = append(w.Freed, pl)
		}
	}
	w.Under = into(w.Under, t)
	if op.Kind == conc.Once {
		w.Under = append(w.Under, lockset.Held{Lock: op.Place, Mode: lockset.Once, Op: op, Must: true})
	}
	return w
}

// into translates held locks into the caller; those that mean nothing there
// are kept as they are, for their fields.
func into(held []lockset.Held, t conc.Target) []lockset.Held {
	var out []lockset.Held
	for _, h := range held {
		if pl := t.Into(h.Lock); !pl.IsZero() {
			h.Lock = pl
			out = append(out, h)
		}
	}
	return out
}

// throughParams are the waits of functions that op passes to a function of the
// package, which calls them in place.
func (r *Result) throughParams(op *conc.Op, t conc.Target) []Wait {
	var out []Wait
	for _, pc := range r.funcs[t.Func].summary.params {
		for _, ft := range r.argument(op, t, pc.param) {
			for _, w := range r.funcs[ft.Func].summary.waits {
				w = lift(w, ft, op)
				w.Calls = append([]string{t.Func.Name}, w.Calls...)
				w.Depth++
				w.Under = slices.Concat(into(pc.under, t), w.Under)
				for _, pl := range pc.freed {
					w.Freed = append(w.Freed, t.Into(pl))
				}
				out = append(out, w)
			}
		}
	}
	return out
}

// inPlace are the waits of functions that op passes to a function of another
// package, which calls them before it returns.
func (r *Result) inPlace(op *conc.Op, fact *Fact) []Wait {
	var out []Wait
	for _, i := range fact.InPlace {
		for _, ft := range r.ArgTargets(op.Call, i) {
			for _, w := range r.funcs[ft.Func].summary.waits {
				out = append(out, lift(w, ft, op))
			}
		}
	}
	return out
}

// argument are the functions that op passes for param of t.
func (r *Result) argument(op *conc.Op, t conc.Target, param *ssa.Parameter) []conc.Target {
	i := slices.Index(t.Func.SSA.Params, param)
	if i < 0 {
		return nil
	}
	if op.Call.Common.IsInvoke() {
		i--
	}
	if i < 0 {
		return nil
	}
	return r.ArgTargets(op.Call, i)
}

// Locks returns the locks that op takes, itself or in the functions it calls.
func (r *Result) Locks(op *conc.Op) []LockUse {
	switch op.Kind {
	case conc.Lock:
		return []LockUse{{Lock: op.Place, Mode: lockset.Write, Op: op, At: op}}
	case conc.RLock:
		return []LockUse{{Lock: op.Place, Mode: lockset.Read, Op: op, At: op}}
	case conc.Go:
		return nil
	}
	if op.Call == nil {
		return nil
	}
	var out []LockUse
	if op.Kind == conc.Once {
		out = append(out, LockUse{Lock: op.Place, Mode: lockset.Once, Op: op, At: op})
	}
	for _, t := range op.Call.Targets {
		for _, l := range r.funcs[t.Func].summary.locks {
			l.Apart = l.Apart || !t.Shares(l.Lock)
			if pl := t.Into(l.Lock); !pl.IsZero() {
				l.Lock = pl
			} else if l.Lock.Field() == nil {
				continue
			}
			l.Via = max(l.Via, t.Via)
			if t.Func.Obj != nil {
				l.Calls = append([]string{t.Func.Name}, l.Calls...)
			}
			if t.Func.Obj != nil || t.Func.Root() != op.Fn.Root() {
				l.At = op
			}
			out = append(out, l)
		}
	}
	return out
}

// Renewed reports whether the lock may be that of another activation of op's
// function. It may if op comes back to its own function before it takes the
// lock, and the lock is in something that the function made or looked up: each
// call of the function has another.
func (l LockUse) Renewed(op *conc.Op) bool {
	if l.Apart {
		return true
	}
	switch l.Lock.Kind() {
	case place.Param, place.Global:
		return false
	}
	return len(l.Calls) > 0 && l.Op.Fn.Root() == op.Fn.Root()
}

// guarded reports whether op runs only under a condition on a parameter of f, or
// on a mode, so that some callers skip it on purpose, or behind an assertion,
// which says that some callers do not get there.
func (r *Result) guarded(f *conc.Func, op *conc.Op) bool {
	for b := f.Blocks[op.Block].SSA.Idom(); b != nil; b = b.Idom() {
		br, ok := b.Instrs[len(b.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		chosen := onParam(br.Cond, 3) || r.onMode(br.Cond) || finds(br.Cond) && b.Succs[1].Dominates(f.Blocks[op.Block].SSA)
		if chosen && !postdominates(f, op.Block, b.Index) || r.asserts(f, br, op) {
			return true
		}
	}
	return false
}

// onMode reports whether a condition is a field that says what kind of object
// that is, which callers know: no function that matters here changes it, or one
// computes it.
func (r *Result) onMode(cond ssa.Value) bool {
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		cond = not.X
	}
	load, ok := cond.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return false
	}
	flag := r.Places.Of(load.X)
	if flag.Field() == nil {
		return false
	}
	switch set := r.Held(flag.Join()); len(set) {
	case 0:
		return true
	case 1:
		_, isState := set[0].(*ssa.Const)
		return !isState
	}
	return false
}

// asserts reports whether a branch in front of op, on a field of what a
// parameter is, ends in a panic on the other side, while other ways through f
// return without getting to it.
//
//	switch s.mode {
//	case fast:
//		return s.start()
//	case slow:
//		if s.running {
//			panic("started twice") // by who holds the lock, say
//		}
//		s.mu.Lock()
//
// What is tested on every way tells no caller from another. False negative: a
// caller whose lock is needed there and that fulfills the condition.
func (r *Result) asserts(f *conc.Func, br *ssa.If, op *conc.Op) bool {
	b := br.Block()
	fails := func(s *ssa.BasicBlock) bool {
		_, ok := s.Instrs[len(s.Instrs)-1].(*ssa.Panic)
		return ok && s.Index != op.Block
	}
	if !slices.ContainsFunc(b.Succs, fails) || !r.onField(br.Cond, 3) {
		return false
	}
	around := func(e conc.Edge) bool { return e.To == b.Index }
	return slices.ContainsFunc(f.SSA.Blocks, func(end *ssa.BasicBlock) bool {
		_, ok := end.Instrs[len(end.Instrs)-1].(*ssa.Return)
		return ok && b.Index != 0 && f.Reaches(0, end.Index, around)
	})
}

// onField reports whether a condition is on a field of what a parameter is.
func (r *Result) onField(cond ssa.Value, depth int) bool {
	if depth == 0 {
		return false
	}
	if pl := r.Places.Of(cond); pl.Kind() == place.Param && pl.Field() != nil {
		return true
	}
	switch cond := cond.(type) {
	case *ssa.UnOp:
		return cond.Op == token.NOT && r.onField(cond.X, depth-1)
	case *ssa.BinOp:
		return r.onField(cond.X, depth-1) || r.onField(cond.Y, depth-1)
	case *ssa.Call: // len, of a list
		b, ok := cond.Call.Value.(*ssa.Builtin)
		return ok && b.Name() == "len" && r.onField(cond.Call.Args[0], depth-1)
	}
	return false
}

// postdominates reports whether every path from block b to the end passes
// through block a.
func postdominates(f *conc.Func, a, b int) bool {
	seen := make([]bool, len(f.Blocks))
	work := []int{b}
	for len(work) > 0 {
		n := work[len(work)-1]
		work = work[:len(work)-1]
		if n == a || seen[n] {
			continue
		}
		seen[n] = true
		if len(f.Blocks[n].Succs) == 0 {
			return false
		}
		work = append(work, f.Blocks[n].Succs...)
	}
	return true
}

// finds reports whether a condition is that something was found for a parameter,
// as in a map or cache: whoever has found it before knows that it will be.
//
//	if v, ok := c.get(key); ok {
//		return v
//	}
//	c.mu.Lock()
func finds(cond ssa.Value) bool {
	ok, isExtract := cond.(*ssa.Extract)
	if !isExtract || ok.Index != 1 {
		return false
	}
	from := ok.Tuple
	if assert, isAssert := from.(*ssa.TypeAssert); isAssert {
		from = assert.X
	}
	isParam := func(v ssa.Value) bool { _, ok := v.(*ssa.Parameter); return ok }
	switch from := from.(type) {
	case *ssa.Lookup:
		return isParam(from.Index)
	case *ssa.Call:
		args := from.Call.Args
		if from.Call.Signature().Recv() != nil && !from.Call.IsInvoke() {
			args = args[1:]
		}
		return slices.ContainsFunc(args, func(a ssa.Value) bool {
			if mi, ok := a.(*ssa.MakeInterface); ok {
				a = mi.X
			}
			return isParam(a)
		})
	}
	return false
}

// onParam reports whether a condition compares or tests a parameter itself.
func onParam(v ssa.Value, depth int) bool {
	if depth == 0 {
		return false
	}
	switch v := v.(type) {
	case *ssa.Parameter:
		return true
	case *ssa.UnOp:
		return onParam(v.X, depth-1)
	case *ssa.BinOp:
		return onParam(v.X, depth-1) || onParam(v.Y, depth-1)
	case *ssa.Alloc, *ssa.FreeVar:
		return false
	case *ssa.Phi:
		return slices.ContainsFunc(v.Edges, func(e ssa.Value) bool { return onParam(e, depth-1) })
	}
	return false
}
