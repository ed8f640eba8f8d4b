package explore

// lock runs the operations that want a Mutex, or an RWMutex for writing. A
// writer that finds readers announces itself first, which keeps new readers and
// other writers out, and then waits for the readers to leave.
func (e *expander) lock(i int, in *Instr) {
	v, held := e.from.obj(in.Obj), 1
	rw := e.prog.Objects[in.Obj].Kind == RWMutex
	if rw {
		held = writerBit
	}
	switch {
	case in.Op == Unlock && v&held == 0:
		e.end(e.move(i, plain), ended) // fatal error: unlock of unlocked mutex
	case in.Op == Unlock:
		e.set(in.Obj, v&^held)
		e.goOn(e.move(i, plain), in.Next)
	case v == 0, v == pendingBit && e.phase(e.from, i) == waiting:
		e.set(in.Obj, held)
		e.goOn(e.move(i, plain), in.Next)
	case in.Op == TryLock:
		e.refuse(i, in)
	case rw && v&(writerBit|pendingBit) == 0:
		e.set(in.Obj, v|pendingBit)
		e.stay(e.move(i, announced), waiting)
	}
}

// rlock runs the operations that want an RWMutex for reading.
func (e *expander) rlock(i int, in *Instr) {
	v := e.from.obj(in.Obj)
	readers := v &^ (writerBit | pendingBit)
	switch {
	case in.Op == RUnlock && readers == 0:
		e.end(e.move(i, plain), ended) // fatal error: RUnlock of unlocked RWMutex
	case in.Op == RUnlock:
		e.set(in.Obj, v-1)
		e.goOn(e.move(i, plain), in.Next)
	case v != readers && in.Op == TryRLock:
		e.refuse(i, in)
	case v != readers:
		// A writer holds the lock, or waits for it.
	case readers == pendingBit-1:
		e.end(e.move(i, plain), beyond)
	default:
		e.set(in.Obj, v+1)
		e.goOn(e.move(i, plain), in.Next)
	}
}

// refuse takes the Else of a Try or Test.
func (e *expander) refuse(i int, in *Instr) {
	e.fresh()
	e.goOn(e.move(i, refused), in.Else)
}

// mostFlag is the largest number that is added up in a flag.
const mostFlag = 16

// count runs the operations on a wait group, and Add on a flag. A waiter that has slept through
// a zero is as good as one that came late, so waiters need not be woken.
func (e *expander) count(i int, in *Instr) {
	v := e.from.obj(in.Obj)
	flag := e.prog.Objects[in.Obj].Kind == Flag
	switch n := v + in.N; {
	case flag && (n < 0 || n > mostFlag):
		e.end(e.move(i, plain), beyond)
	case in.Op == Wait:
		if v == 0 {
			e.fresh()
			e.goOn(e.move(i, plain), in.Next)
		} else if in.Open {
			e.fresh()
			e.goOn(e.move(i, brought), in.Next)
		}
	case n < 0:
		e.end(e.move(i, plain), ended) // panic: negative WaitGroup counter
	case n > maxCount:
		e.end(e.move(i, plain), beyond)
	default:
		e.set(in.Obj, n)
		e.goOn(e.move(i, plain), in.Next)
	}
}

// cond runs the operations on a condition variable.
func (e *expander) cond(i int, in *Instr) {
	switch in.Op {
	case CondWait:
		e.condWait(i, in)
	case Broadcast:
		e.fresh()
		moved := uint64(1) << i
		for j := range e.sleepers(in.Obj) {
			e.setPhase(e.next, j, woken)
			moved |= 1 << j
		}
		e.enter(e.next, i, in.Next)
		e.yield(e.move(i, plain), moved, e.next, alive)
	case Signal:
		nobody := true
		for j := range e.sleepers(in.Obj) {
			nobody = false
			mv := e.move(i, plain)
			mv.peer, mv.peerPC = j, e.pc(e.from, j)
			e.fresh()
			e.setPhase(e.next, j, woken)
			e.enter(e.next, i, in.Next)
			e.yield(mv, 1<<i|1<<j, e.next, alive)
		}
		if nobody {
			e.fresh()
			e.goOn(e.move(i, refused), in.Next)
		}
	}
}

// condWait runs the three phases of a CondWait: to unlock and fall asleep, to
// be woken (which the other side does), and to lock again.
func (e *expander) condWait(i int, in *Instr) {
	mu := e.prog.Objects[in.Obj].Lock
	locked := e.from.obj(mu) != 0
	switch e.phase(e.from, i) {
	case arrived:
		if !locked {
			e.end(e.move(i, plain), ended) // fatal error: unlock of unlocked mutex
			return
		}
		e.set(mu, 0)
		e.stay(e.move(i, slept), waiting)
	case waiting:
		if in.Open {
			e.fresh()
			e.stay(e.move(i, brought), woken)
		}
	case woken:
		if !locked {
			e.set(mu, 1)
			e.goOn(e.move(i, plain), in.Next)
		}
	}
}

// sleepers yields the slots that sleep in a CondWait on object c.
func (e *expander) sleepers(c int) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		for j := range e.running(e.from) {
			in := e.at(e.from, j)
			if in != nil && in.Op == CondWait && in.Obj == c && e.phase(e.from, j) == waiting && !yield(j) {
				return
			}
		}
	}
}

// test looks at a Flag or a Context.
func (e *expander) test(i int, in *Instr) {
	o, v := &e.prog.Objects[in.Obj], e.from.obj(in.Obj)
	holds := v == in.N
	if in.Less {
		holds = v < in.N
	}
	if o.Kind == Flag && !holds || o.Kind == Context && v == 0 {
		e.refuse(i, in)
	}
	switch {
	case o.Kind == Flag && holds, o.Kind == Context && v != 0:
		e.fresh()
		e.goOn(e.move(i, plain), in.Next)
	case o.Kind == Context && o.Env:
		e.set(in.Obj, 1)
		e.goOn(e.move(i, outside), in.Next)
	}
}
