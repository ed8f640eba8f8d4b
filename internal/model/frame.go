package model

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/explore"
	"github.com/chanlint/chanlint/internal/heap"
)

// code is the code of one proc as it is made.
type code struct {
	*builder
	proc   int
	instrs []explore.Instr
	todo   []func()
}

// add adds an instruction and returns where it is.
func (c *code) add(in explore.Instr) int {
	if len(c.instrs) >= mostCode {
		c.giveUp("too many operations")
		return 0
	}
	c.instrs = append(c.instrs, in)
	return len(c.instrs) - 1
}

// run translates until nothing is left to do.
func (c *code) run() {
	for len(c.todo) > 0 && c.fail == "" {
		n := len(c.todo) - 1
		next := c.todo[n]
		c.todo = c.todo[:n]
		next()
	}
}

// A frame is one activation of a function within a proc.
type frame struct {
	*code
	act   *heap.Activation
	fn    *conc.Func
	g     *graph
	exit  int // where execution goes on when the function returns
	outer *frame
	memo  map[string]int

	call  *ssa.Call // in outer, instead of exit: execution goes on at after,
	after path      // knowing the results
}

// back is the path in the calling function after ret, with what is known of the
// results.
func (fr *frame) back(p path, ret *ssa.Return) path {
	q := fr.after
	for i, v := range ret.Results {
		name := fr.call.Name()
		if len(ret.Results) > 1 {
			var used bool
			if name, used = okOf(fr.call, i); !used {
				continue
			}
		}
		for _, suffix := range []string{"", isNil} {
			if f, ok := p.facts[v.Name()+suffix]; ok {
				q = q.with(name+suffix, f.val, fr.call.Block().Index)
			} else if val, ok := plain(v, suffix); ok {
				q = q.with(name+suffix, val, fr.call.Block().Index)
			} else if suffix == isNil && fr.isError(v) {
				q = q.with(name+suffix, 0, fr.call.Block().Index)
			}
		}
	}
	return q
}

// isError reports whether v is an error that was made just now.
func (b *builder) isError(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	_, name := b.pkg.Operation(&call.Call)
	return name == "errors.New" || name == "fmt.Errorf"
}

// frame makes the code of a proc that runs act, and after it the operations last.
func (b *builder) frame(c *code, act *heap.Activation, last []explore.Instr) {
	entry := c.add(explore.Instr{Op: explore.Jump})
	exit := c.add(explore.Instr{Op: explore.Return})
	for _, in := range slices.Backward(last) {
		in.Next, in.Else = exit, exit
		exit = c.add(in)
	}
	if act == b.heap.Root && b.owner.Known() {
		exit = b.drive(c, exit)
	}
	fr := b.newFrame(c, act, exit, nil)
	start := path{}
	if c.proc == 0 {
		start.block = max(0, b.scope)
	}
	c.instrs[entry].Next = fr.place(start)
	c.run()
}

// newFrame is a frame without code.
func (b *builder) newFrame(c *code, act *heap.Activation, exit int, outer *frame) *frame {
	return &frame{
		code: c, act: act, fn: act.Fn, g: b.graph(act.Fn.SSA),
		exit: exit, outer: outer, memo: make(map[string]int),
	}
}

// depth is how many calls are inlined around fr.
func (fr *frame) depth() int {
	if fr.outer == nil {
		return 0
	}
	return 1 + fr.outer.depth()
}

// place is where the code for p is; it is made if it is not there yet.
func (fr *frame) place(p path) int {
	key := p.key()
	if pc, ok := fr.memo[key]; ok {
		return pc
	}
	pc := fr.add(explore.Instr{Op: explore.Jump})
	fr.memo[key] = pc
	fr.todo = append(fr.todo, func() { fr.fill(pc, p) })
	return pc
}

// fill makes the instruction at pc: the first operation of the group from p on
// in its block, or else the end of the block.
func (fr *frame) fill(pc int, p path) {
	ops := fr.blockOps(fr.act, p.block)
	for i := p.next; i < len(ops) && fr.fail == ""; i++ {
		if in, ok := fr.translate(ops[i], p.at(i+1)); ok {
			fr.instrs[pc] = in
			return
		}
		if ops[i].Kind == conc.Make && fr.local(ops[i]) {
			p = p.with(madeBy(ops[i]), 1)
		}
		if ops[i].Kind == conc.Defer && fr.relevant(ops[i].Inner) {
			p.defers = append(slices.Clip(slices.Clone(p.defers)), fr.pending(ops[i].Inner))
			if len(p.defers) > 6 {
				fr.giveUp("deferred calls in a loop")
			}
		}
		if ops[i].Kind == conc.RunDefers && len(p.defers) > 0 {
			fr.instrs[pc] = fr.runDefers(p.at(i + 1))
			return
		}
	}
	fr.instrs[pc] = fr.finish(p)
}

// A pending operation is one that was deferred.
type pending struct{ op *conc.Op }

// pending is the same for the same operation.
func (fr *frame) pending(op *conc.Op) *pending {
	if p, ok := fr.deferred[op]; ok {
		return p
	}
	p := &pending{op}
	fr.deferred[op] = p
	return p
}

// runDefers is the code for the deferred calls of p, after which it goes on.
func (fr *frame) runDefers(p path) explore.Instr {
	if len(p.defers) == 0 {
		return explore.Instr{Op: explore.Jump, Next: fr.place(p)}
	}
	last := len(p.defers) - 1
	op := p.defers[last].op
	p.defers = p.defers[:last]
	rest := fr.add(fr.runDefers(p))
	if in, ok := fr.operate(op, func(int) int { return rest }, nowhere); ok {
		return in
	}
	return explore.Instr{Op: explore.Jump, Next: rest}
}

// finish is the code for the end of the block of p.
func (fr *frame) finish(p path) explore.Instr {
	b := fr.fn.SSA.Blocks[p.block]
	switch last := b.Instrs[len(b.Instrs)-1].(type) {
	case *ssa.If:
		return fr.branch(p, b, last.Cond)
	case *ssa.Jump:
		return fr.jump(p, b, 0)
	case *ssa.Return:
		if fr.act.Caller == nil && fr.proc == 0 && fr.owner.Known() && !fr.succeeds(last) {
			return explore.Instr{Op: explore.Panic} // there is no object
		}
		if fr.call != nil {
			return explore.Instr{Op: explore.Jump, Next: fr.outer.place(fr.back(p, last))}
		}
		return explore.Instr{Op: explore.Jump, Next: fr.exit}
	}
	return explore.Instr{Op: explore.Panic}
}

// jump goes to successor i of b.
func (fr *frame) jump(p path, b *ssa.BasicBlock, i int) explore.Instr {
	return explore.Instr{Op: explore.Jump, Next: fr.enter(p, b, i)}
}

// enter is the place after the edge from b to its successor i. The round of a
// loop that is a scope ends where the next one begins.
func (fr *frame) enter(p path, b *ssa.BasicBlock, i int) int {
	if fr.proc == 0 && fr.outer == nil && b.Succs[i].Index == fr.scope {
		if len(p.defers) > 0 {
			fr.giveUp("deferred calls in a loop")
		}
		return fr.exit
	}
	return fr.place(fr.g.enter(p, b, b.Succs[i]))
}

// branch goes to one of the successors of b, or to both.
func (fr *frame) branch(p path, b *ssa.BasicBlock, cond ssa.Value) explore.Instr {
	if t, ok := fr.g.test(b); ok && fr.matters(t.head) {
		return fr.loop(p, b, t)
	}
	if val, ok := answer(p, cond); ok {
		return fr.jump(p, b, 1-val)
	}
	if in, ok := fr.asksMade(p, b, cond); ok {
		return in
	}
	if val, ok := fr.nilness(p, cond); ok {
		return fr.jump(p, b, 1-val)
	}
	if val, ok := fr.compares(cond); ok {
		return fr.jump(p, b, 1-val)
	}
	if val, ok := plain(fr.resolve(asked(cond)), ""); ok { // a constant argument
		return fr.jump(p, b, 1-val^negations(cond)%2)
	}
	fr.judge(b, cond)
	yes, no := fr.g.answered(p, cond)
	return explore.Instr{
		Op:   explore.Branch,
		To:   []int{fr.enter(yes, b, 0), fr.enter(no, b, 1)},
		Site: fr.siteOf(Site{Case: -1, Pos: cond.Pos()}),
	}
}

// nilness says whether cond is true, if it compares with nil what is not nil, or a
// channel that the function makes on some ways only.
func (fr *frame) nilness(p path, cond ssa.Value) (val int, ok bool) {
	cmp, ok := asked(cond).(*ssa.BinOp)
	if !ok || cmp.Op != token.EQL && cmp.Op != token.NEQ || !conc.IsNil(cmp.Y) {
		return 0, false
	}
	there := truth(cmp.Op == token.NEQ) ^ negations(cond)%2
	if heap.NotNil(fr.act, cmp.X) {
		return there, true
	}
	obj, ok := fr.objects[fr.heap.Eval(fr.act, cmp.X)]
	if !ok || fr.model.Program.Objects[obj].Kind != explore.Chan {
		return 0, false
	}
	if mk := fr.model.Makes[obj]; mk != nil && fr.local(mk) {
		if _, made := p.facts[madeBy(mk)]; !made {
			there ^= 1
		}
	}
	// Elsewhere a variable that is never set to nil is taken to hold its channel
	// from the start: where it is not made, nobody waits for it.
	return there, true
}

// local reports whether the function of fr makes the channel of mk: all of it is seen,
// other than in a scope that is one round of a loop.
func (fr *frame) local(mk *conc.Op) bool {
	oneRound := fr.outer == nil && fr.proc == 0 && fr.scope >= 0
	return mk.Fn == fr.fn && !oneRound
}

// madeBy is the question whether the channel that mk makes has been made.
func madeBy(mk *conc.Op) string { return "made " + mk.Instr.(ssa.Value).Name() }

// answer says whether cond is true on path p, if that is known.
func answer(p path, cond ssa.Value) (val int, ok bool) {
	key, negated := question(cond)
	if f, ok := p.facts[key]; ok {
		return f.val ^ truth(negated), true
	}
	if f, ok := p.facts[asked(cond).Name()]; ok { // a flag, when it was read
		return f.val ^ truth(negations(cond)%2 == 1), true
	}
	if cmp, ok := cond.(*ssa.BinOp); ok {
		if isRecover(cmp.X) { // a panic would have ended the program
			return truth(!negated), true
		}
		if f, ok := p.facts["case "+cmp.X.Name()]; ok {
			return truth(int64(f.val) == conc.Const(cmp.Y)) ^ truth(negated), true
		}
	}
	val, ok = plain(cond, "")
	return val, ok
}

// isRecover reports whether v is the result of recover.
func isRecover(v ssa.Value) bool {
	call, ok := v.(*ssa.Call)
	if !ok {
		return false
	}
	b, ok := call.Call.Value.(*ssa.Builtin)
	return ok && b.Name() == "recover"
}

// loop goes on with the next round of a loop, or ends it.
func (fr *frame) loop(p path, b *ssa.BasicBlock, t test) explore.Instr {
	if !t.fixed {
		fr.giveUp("a loop whose number of rounds is not known")
		return explore.Instr{}
	}
	var count linear
	if t.head == b.Index && b.Comment == "rangeiter.loop" {
		count = fr.reader().length(t.count)
	} else {
		count = fr.reader().number(t.count)
	}
	count.off += t.plus
	n, ok := fr.eval(count)
	if !ok {
		fr.giveUp("loops with different numbers of rounds")
		return explore.Instr{}
	}
	done := p.rounds[t.head]
	if t.first {
		done = 0
	}
	if done < n {
		p = fr.g.enter(p, b, b.Succs[0]).round(t.head, done+1)
		return explore.Instr{Op: explore.Jump, Next: fr.place(p)}
	}
	return fr.jump(p.round(t.head, 0), b, 1)
}

// matters reports whether a loop has an operation of the group in it.
func (fr *frame) matters(head int) bool {
	if fr.scope >= 0 && fr.fn == fr.root && fr.g.loops[head][fr.scope] {
		return false // one round only
	}
	for i := range fr.g.loops[head] {
		if slices.ContainsFunc(fr.blockOps(fr.act, i), fr.relevant) {
			return true
		}
	}
	return false
}

// resolve follows a number to where it comes from: through parameters, captured
// variables, and variables that are set once.
func (fr *frame) resolve(v ssa.Value) ssa.Value {
	for range 20 {
		next := fr.source(v)
		if next == nil {
			return v
		}
		v = next
	}
	return v
}

// source is one step of resolve, nil if there is none.
func (fr *frame) source(v ssa.Value) ssa.Value {
	switch v := v.(type) {
	case *ssa.ChangeType:
		return v.X
	case *ssa.Parameter:
		a := fr.act
		for a != nil && a.Fn.SSA != v.Parent() {
			a = a.Caller
		}
		if a == nil {
			return nil
		}
		arg, _ := a.Param(slices.Index(a.Fn.SSA.Params, v))
		return arg
	case *ssa.FreeVar:
		return fr.pkg.Places.Binding(v)
	case *ssa.UnOp:
		if vals := fr.pkg.Places.Stored(v.X); len(vals) == 1 {
			return vals[0]
		}
	}
	return nil
}
