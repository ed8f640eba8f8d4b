package explore

import (
	"context"
	"math/rand/v2"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
)

// The interpreter: it runs a Program for real. Channels, contexts and wait
// groups are Go's own. A goroutine that waits for a sync.Mutex does not let
// synctest.Wait return, so mutexes are channels with room for one, and
// RWMutexes and conditions follow the algorithms of package sync on top of
// channels.
//
// So that a bubble can end while goroutines of the program are stuck in it,
// every wait is also a wait for the poison, which ends the goroutine.

// A world is one run of a program.
type world struct {
	prog    *Program
	poison  chan struct{}
	objs    []realObject
	stepped bool // each operation waits for its turn
	ways    [][]int

	mu       sync.Mutex // guards what follows
	routines []*routine
	rng      *rand.Rand
	crashed  bool // the program has ended with a panic
	unclear  bool // a run that tells nothing: it is too long, or beyond the bounds
}

type realObject struct {
	ch     chan struct{} // Chan; Mutex (full if locked); Timer
	rw     *realRWMutex
	wg     *sync.WaitGroup
	count  *atomic.Int64 // of wg
	cond   *realCond
	ctx    context.Context
	cancel context.CancelFunc
	flag   *atomic.Int64 // Flag; Timer: 1 unless it may fire
}

// A routine is one goroutine of the program.
type routine struct {
	w      *world
	proc   int
	rng    *rand.Rand
	turn   chan order
	conds  map[int]int
	status atomic.Int32
	pc     atomic.Int64
	ways   []int // how to decide the next open branches
	ops    int
}

// The states of a routine. Only a routine that is busy when all is quiet is blocked.
const (
	busy int32 = iota
	ready
	finished
	tired // it loops, perhaps for ever, and has been stopped
)

// An order tells a routine how to use its turn.
type order struct {
	alt    int  // the select case to take, or -1 for the default
	choose bool // otherwise any case will do
}

// newWorld starts p. ways tells the routines, in the order in which they start,
// how to decide their first branches; the rest is random.
func newWorld(p *Program, rng *rand.Rand, stepped bool, ways [][]int) *world {
	w := &world{prog: p, poison: make(chan struct{}), rng: rng, stepped: stepped, ways: ways}
	for _, o := range p.Objects {
		var r realObject
		switch o.Kind {
		case Chan:
			if !o.Nil {
				r.ch = make(chan struct{}, o.Cap)
			}
		case Mutex:
			r.ch = make(chan struct{}, 1)
		case RWMutex:
			r.rw = newRealRWMutex()
		case WaitGroup:
			r.wg, r.count = new(sync.WaitGroup), new(atomic.Int64)
		case Cond:
			r.cond = new(realCond)
		case Context:
			r.ctx, r.cancel = context.WithCancel(context.Background())
		case Timer:
			r.ch, r.flag = make(chan struct{}, 1), new(atomic.Int64)
		case Flag:
			r.flag = new(atomic.Int64)
		}
		w.objs = append(w.objs, r)
	}
	for i, proc := range p.Procs {
		for range proc.Start {
			w.start(i)
		}
	}
	return w
}

// start starts a routine of proc i.
func (w *world) start(i int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	live := 0
	for _, r := range w.routines {
		if r.proc == i && r.status.Load() != finished {
			live++
		}
	}
	if live >= w.prog.Procs[i].max() || len(w.routines) > 100 {
		w.unclear = true
		return
	}
	r := &routine{w: w, proc: i, turn: make(chan order), conds: make(map[int]int)}
	r.rng = rand.New(rand.NewPCG(w.rng.Uint64(), 2))
	if n := len(w.routines); n < len(w.ways) {
		r.ways = w.ways[n]
	}
	w.routines = append(w.routines, r)
	go r.run()
}

// run is the goroutine.
func (r *routine) run() {
	defer func() {
		if err := recover(); err != nil {
			r.w.mu.Lock()
			r.w.crashed = true
			r.w.mu.Unlock()
		}
		if !r.poisoned() {
			r.status.Store(finished)
		}
	}()
	pc := 0
	for pc >= 0 {
		in := &r.w.prog.Procs[r.proc].Code[pc]
		r.pc.Store(int64(pc))
		if r.ops++; r.ops > 200 {
			r.w.mu.Lock()
			r.w.unclear = true
			r.w.mu.Unlock()
			r.status.Store(tired)
			<-r.w.poison
			return
		}
		switch in.Op {
		case Jump:
			pc = in.Next
		case Forget:
			delete(r.conds, in.Cond)
			pc = in.Next
		case Branch:
			pc = in.To[r.decide(in)]
		case Return:
			pc = -1
		default:
			pc = r.do(in, r.awaitTurn())
		}
	}
}

func (r *routine) poisoned() bool {
	select {
	case <-r.w.poison:
		return true
	default:
		return false
	}
}

// decide decides a branch.
func (r *routine) decide(in *Instr) int {
	if way, ok := r.conds[in.Cond]; ok && in.Cond > 0 {
		return way
	}
	way := r.rng.IntN(len(in.To))
	if len(r.ways) > 0 {
		way, r.ways = r.ways[0], r.ways[1:]
	}
	if in.Cond > 0 {
		r.conds[in.Cond] = way
	}
	return way
}

// awaitTurn waits until the routine may do its next operation.
func (r *routine) awaitTurn() order {
	if !r.w.stepped {
		for range r.rng.IntN(4) {
			runtime.Gosched()
		}
		return order{}
	}
	r.status.Store(ready)
	select {
	case o := <-r.turn:
		r.status.Store(busy)
		return o
	case <-r.w.poison:
		runtime.Goexit()
	}
	panic("unreachable")
}

// do runs one operation and returns what comes next.
func (r *routine) do(in *Instr, o order) int {
	obj := realObject{}
	kind := Kind(0)
	if in.Op != Go && in.Op != Select && in.Op != Panic {
		obj, kind = r.w.objs[in.Obj], r.w.prog.Objects[in.Obj].Kind
	}
	ok := true
	switch in.Op {
	case Panic:
		panic("as told")
	case Go:
		r.w.start(in.N)
	case Send, Recv, Select:
		return r.communicate(in, o)
	case Close:
		close(obj.ch)
	case Lock, Unlock, TryLock, RLock, TryRLock, RUnlock:
		ok = r.lock(in.Op, kind, obj)
	case Add:
		obj.count.Add(int64(in.N))
		obj.wg.Add(in.N)
	case Wait:
		obj.wg.Wait()
		if r.poisoned() {
			runtime.Goexit()
		}
	case CondWait:
		mu := r.w.objs[r.w.prog.Objects[in.Obj].Lock]
		wake := obj.cond.join()
		r.lock(Unlock, Mutex, mu)
		r.wait(wake)
		r.awaitTurn()
		r.lock(Lock, Mutex, mu)
	case Signal:
		obj.cond.wake(1)
	case Broadcast:
		obj.cond.wake(1000)
	case Cancel:
		obj.cancel()
	case Set:
		obj.flag.Store(int64(in.N))
		if kind == Timer {
			select {
			case <-obj.ch: // since Go 1.23 no old value is seen after Stop or Reset
			default:
			}
		}
	case Test:
		ok = kind == Flag && obj.flag.Load() == int64(in.N) || kind == Context && obj.ctx.Err() != nil
	}
	if !ok {
		return in.Else
	}
	return in.Next
}

// wait waits for c, which is sent to or closed.
func (r *routine) wait(c <-chan struct{}) {
	select {
	case <-c:
	case <-r.w.poison:
		runtime.Goexit()
	}
}

// communicate runs a Send, Recv or Select: all of its cases, or the ordered one.
func (r *routine) communicate(in *Instr, o order) int {
	cases := []reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(r.w.poison)}}
	var which []Case
	for k, c := range in.Offers() {
		if o.choose && o.alt >= 0 && o.alt != k {
			continue
		}
		which = append(which, c)
		obj := r.w.objs[c.Obj]
		ch := reflect.ValueOf(obj.ch)
		if obj.ctx != nil {
			ch = reflect.ValueOf(obj.ctx.Done())
		}
		if c.Op == Send {
			cases = append(cases, reflect.SelectCase{Dir: reflect.SelectSend, Chan: ch, Send: reflect.ValueOf(struct{}{})})
		} else {
			cases = append(cases, reflect.SelectCase{Dir: reflect.SelectRecv, Chan: ch})
		}
	}
	if in.Default {
		cases[0] = reflect.SelectCase{Dir: reflect.SelectDefault}
	}
	n, _, ok := reflect.Select(cases)
	switch {
	case n == 0 && in.Default:
		return in.Next
	case n == 0:
		runtime.Goexit()
	}
	c := which[n-1]
	if c.Op == Recv && !ok && r.w.prog.Objects[c.Obj].Kind == Chan {
		return c.Else
	}
	return c.Next
}

// lock runs an operation on a lock, and reports false if a try fails.
func (r *routine) lock(op Op, kind Kind, o realObject) bool {
	if kind == RWMutex {
		return o.rw.do(r, op)
	}
	switch op {
	case Lock:
		select {
		case o.ch <- struct{}{}:
		case <-r.w.poison:
			runtime.Goexit()
		}
	case TryLock:
		select {
		case o.ch <- struct{}{}:
		default:
			return false
		}
	case Unlock:
		select {
		case <-o.ch:
		default:
			panic("unlock of unlocked mutex")
		}
	}
	return true
}

// end lets the goroutines that are left go. All must be quiet.
func (w *world) end() {
	close(w.poison)
	for i, o := range w.objs {
		switch w.prog.Objects[i].Kind {
		case WaitGroup:
			o.wg.Add(-int(o.count.Load()))
		case Context:
			o.cancel()
		}
	}
}
