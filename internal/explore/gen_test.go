package explore

import (
	"fmt"
	"math/rand/v2"
)

// A dice turns bytes into decisions; past the last byte each decision is 0,
// which ends blocks and leaves things out.
type dice struct{ data []byte }

func (d *dice) n(k int) int {
	if len(d.data) == 0 || k < 2 {
		return 0
	}
	b := d.data[0]
	d.data = d.data[1:]
	return int(b) % k
}

// randomDice returns dice enough for any program.
func randomDice(seed uint64) *dice {
	rng := rand.New(rand.NewPCG(seed, 1))
	data := make([]byte, 400)
	for i := range data {
		data[i] = byte(rng.Uint32())
	}
	return &dice{data}
}

// generate makes a small program: two to four goroutines with structured
// bodies over a few objects, as a programmer might have written them.
func generate(d *dice) *Program {
	g := &generator{dice: d, p: &Program{}, byKind: make(map[Kind][]int)}
	g.tame = d.n(2) == 1
	for range 1 + d.n(3) {
		o := Object{Kind: Chan, Cap: []int{0, 0, 1, 2}[d.n(4)]}
		o.Nil = d.n(16) == 15
		g.object(o)
	}
	for _, k := range []Kind{Mutex, Mutex, RWMutex, WaitGroup, Context, Timer, Flag} {
		if d.n(2) == 1 {
			g.object(Object{Kind: k, Env: k == Context && d.n(2) == 1, Repeat: k == Timer && d.n(3) == 1})
		}
	}
	if mus := g.byKind[Mutex]; len(mus) > 0 && d.n(2) == 1 {
		g.object(Object{Kind: Cond, Lock: mus[0]})
	}
	g.p.Procs = make([]Proc, 2+d.n(3))
	for i := range g.p.Procs {
		g.p.Procs[i] = Proc{Name: string(rune('A' + i)), Max: 1 + d.n(2)}
		if i == 0 || d.n(2) == 0 {
			g.p.Procs[i].Start = 1 + d.n(5)/4
		}
	}
	for i := range g.p.Procs {
		g.proc, g.at = &g.p.Procs[i], i
		for k := range g.p.Procs {
			if i == 0 && g.p.Procs[k].Start == 0 {
				g.simple(Instr{Op: Go, N: k})
			}
		}
		g.block(0)
		g.emit(Instr{Op: Return})
	}
	return g.p
}

type generator struct {
	*dice
	tame   bool // mostly avoids what may block for ever
	locks  int  // how many critical sections are open
	p      *Program
	byKind map[Kind][]int
	proc   *Proc
	at     int // its index
}

func (g *generator) object(o Object) {
	o.Name = fmt.Sprintf("%s%d", kinds[o.Kind], len(g.byKind[o.Kind]))
	g.byKind[o.Kind] = append(g.byKind[o.Kind], len(g.p.Objects))
	g.p.Objects = append(g.p.Objects, o)
}

// pick picks an object of one of the kinds.
func (g *generator) pick(kinds ...Kind) (int, bool) {
	var all []int
	for _, k := range kinds {
		all = append(all, g.byKind[k]...)
	}
	if len(all) == 0 {
		return 0, false
	}
	return all[g.n(len(all))], true
}

// emit appends in, and returns its index.
func (g *generator) emit(in Instr) int {
	in.Site = g.at*1000 + len(g.proc.Code)
	g.proc.Code = append(g.proc.Code, in)
	return len(g.proc.Code) - 1
}

// simple appends an instruction that goes on with the next.
func (g *generator) simple(in Instr) *Instr {
	in.Next = len(g.proc.Code) + 1
	in.Else = in.Next
	return &g.proc.Code[g.emit(in)]
}

// block appends up to four statements.
func (g *generator) block(depth int) {
	for range 4 {
		kind := g.n(26)
		if kind == 0 || depth > 3 {
			return
		}
		g.statement(kind, depth)
	}
}

func (g *generator) statement(kind, depth int) {
	switch kind {
	case 1, 2, 3, 4:
		c, _ := g.pick(Chan)
		in := Instr{Op: []Op{Send, Send, Recv, Recv}[kind-1], Obj: c}
		if g.tame && g.n(12) != 11 {
			next := len(g.proc.Code) + 1
			in = Instr{Op: Select, Cases: []Case{{Op: in.Op, Obj: c, Next: next, Else: next}}, Default: true}
			if x, ok := g.pick(Context, Timer); ok && (g.p.Objects[x].Env || g.p.Objects[x].Repeat) {
				in.Cases = append(in.Cases, Case{Op: Recv, Obj: x, Next: next, Else: next})
				in.Default = false
			}
		}
		g.simple(in)
	case 5:
		if o, ok := g.pick(Context, Timer); ok && !g.tame {
			g.simple(Instr{Op: Recv, Obj: o})
		}
	case 6:
		if c, ok := g.pick(Chan); ok {
			g.simple(Instr{Op: Close, Obj: c})
		}
	case 7, 8, 9:
		g.choose(depth)
	case 10, 11, 12, 13:
		g.locked(kind, depth)
	case 14, 15:
		if wg, ok := g.pick(WaitGroup); ok && (!g.tame || g.n(4) == 3) {
			g.simple(Instr{Op: []Op{Add, Add, Wait}[g.n(3)], Obj: wg, N: []int{1, -1}[kind-14]})
		}
	case 16, 17:
		g.branch(Instr{Op: Branch, Cond: g.n(3)}, depth)
	case 18:
		if x, ok := g.pick(Context, Flag); ok {
			g.branch(Instr{Op: Test, Obj: x, N: g.n(2)}, depth)
		}
	case 19:
		g.ranges(depth)
	case 20:
		g.loop(depth)
	case 21:
		if g.locks == 0 || !g.tame {
			g.emit(Instr{Op: Return})
		}
	case 22:
		g.simple(Instr{Op: Go, N: g.n(len(g.p.Procs))})
	case 23:
		if c, ok := g.pick(Cond); ok {
			g.simple(Instr{Op: []Op{Signal, Broadcast}[g.n(2)], Obj: c})
		}
	case 24:
		if x, ok := g.pick(Context, Flag, Timer); ok {
			op := Set
			if g.p.Objects[x].Kind == Context {
				op = Cancel
			}
			g.simple(Instr{Op: op, Obj: x, N: g.n(2)})
		}
	case 25:
		g.simple(Instr{Op: Forget, Cond: 1 + g.n(2)})
	}
}

// choose appends a select of one to three cases, each with a block.
func (g *generator) choose(depth int) {
	at := g.emit(Instr{Op: Select, Default: g.n(3) == 1 || g.tame})
	var cases []Case
	var ends []int
	for range 1 + g.n(3) {
		c := Case{Op: []Op{Send, Recv}[g.n(2)]}
		c.Obj, _ = g.pick(Chan)
		if c.Op == Recv {
			c.Obj, _ = g.pick(Chan, Chan, Context, Timer)
		}
		c.Next = len(g.proc.Code)
		g.block(depth + 1)
		ends = append(ends, g.emit(Instr{Op: Jump}))
		c.Else = []int{c.Next, ends[len(ends)-1]}[g.n(2)]
		cases = append(cases, c)
	}
	for _, e := range ends {
		g.proc.Code[e].Next = len(g.proc.Code)
	}
	g.proc.Code[at].Cases = cases
	g.proc.Code[at].Next = len(g.proc.Code)
}

// locked appends a critical section, which a return may leave without unlock.
func (g *generator) locked(kind, depth int) {
	mu, ok := g.pick(Mutex, RWMutex)
	if !ok {
		return
	}
	lock, unlock := Lock, Unlock
	if g.p.Objects[mu].Kind == RWMutex && g.n(2) == 1 {
		lock, unlock = RLock, RUnlock
	}
	if kind == 13 {
		lock = map[Op]Op{Lock: TryLock, RLock: TryRLock}[lock]
	}
	at := g.emit(Instr{Op: lock, Obj: mu, Next: len(g.proc.Code) + 1})
	if c, ok := g.pick(Cond); ok && g.p.Objects[c].Lock == mu && g.n(2) == 1 && !g.tame {
		g.simple(Instr{Op: CondWait, Obj: c})
	}
	g.locks++
	g.block(depth + 1)
	g.locks--
	if g.tame || g.n(12) != 11 {
		g.simple(Instr{Op: unlock, Obj: mu})
	}
	g.proc.Code[at].Else = len(g.proc.Code)
}

// branch appends in with a block for each way.
func (g *generator) branch(in Instr, depth int) {
	in.Next = len(g.proc.Code) + 1
	at := g.emit(in)
	g.block(depth + 1)
	skip := g.emit(Instr{Op: Jump})
	g.proc.Code[at].Else = len(g.proc.Code)
	g.block(depth + 1)
	g.proc.Code[skip].Next = len(g.proc.Code)
	if in.Op == Branch {
		g.proc.Code[at].To = []int{in.Next, g.proc.Code[at].Else}
	}
}

// ranges appends a loop that receives until the channel is closed.
func (g *generator) ranges(depth int) {
	c, _ := g.pick(Chan)
	if g.tame && g.n(4) != 3 {
		return
	}
	at := g.emit(Instr{Op: Recv, Obj: c, Next: len(g.proc.Code) + 1})
	g.block(depth + 1)
	g.emit(Instr{Op: Jump, Next: at})
	g.proc.Code[at].Else = len(g.proc.Code)
}

// loop appends a loop that may end each time around.
func (g *generator) loop(depth int) {
	at := g.emit(Instr{Op: Branch, Cond: g.n(3)})
	g.block(depth + 1)
	g.emit(Instr{Op: Jump, Next: at})
	g.proc.Code[at].To = []int{at + 1, len(g.proc.Code)}
}
