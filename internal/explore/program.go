package explore

import (
	"cmp"
	"fmt"
	"iter"
)

// A Program is a closed group of goroutines and the objects they share.
// Objects and procs are named by their index.
type Program struct {
	Objects []Object
	Procs   []Proc
}

// A Kind says what an [Object] is.
type Kind uint8

const (
	Chan      Kind = iota
	Mutex          // Lock, TryLock, Unlock
	RWMutex        // also RLock, TryRLock, RUnlock; a waiting writer keeps new readers out
	WaitGroup      // Add, Wait
	Cond           // CondWait, Signal, Broadcast
	Context        // Cancel, Recv from its Done, Test for its Err
	Timer          // Recv from its C, Set to stop (1) or rearm (0) it
	Flag           // Set, Add, Test; a small number that all share, 0 at first
)

// An Object is something goroutines share and may wait for.
type Object struct {
	Kind   Kind
	Name   string
	Cap    int  // Chan: its capacity
	Nil    bool // Chan: a nil channel. Flag: 0 says that something is nil
	Lock   int  // Cond: the Mutex it goes with
	Env    bool // Context: may be cancelled from outside, at any moment or never
	Repeat bool // Timer: fires again and again, as a ticker or a time.After in a loop
}

// A Proc is the body of a goroutine: what each goroutine that runs it does,
// from the first instruction of Code.
type Proc struct {
	Name   string
	Code   []Instr
	Start  int  // how many run from the beginning
	Max    int  // how many may run at the same time; at least Start and 1
	Main   bool // see Options.MainEndsAll
	Daemon bool // may stay blocked for ever: never reported
}

// An Op is what an instruction does.
type Op uint8

const (
	Jump   Op = iota // nothing
	Branch           // goes on at any one of To
	Forget           // makes the next Branch on Cond a new choice
	Return
	Panic // ends the program
	Go    // starts a goroutine that runs proc N
	Send
	Recv // Else if the channel is closed and empty; always Next for a Context or Timer
	Close
	Select // any one of Cases, or Next if Default and none is ready
	Lock
	TryLock // Else if it cannot
	Unlock
	RLock
	TryRLock // Else if it cannot
	RUnlock
	Add       // adds N to a wait group or flag; N is -1 for Done
	Wait      // until a wait group is at zero
	CondWait  // unlocks, waits for a wake-up, locks
	Signal    // wakes any one waiter, if there is one
	Broadcast // wakes all waiters
	Cancel
	Set  // stores N in a Flag or Timer
	Test // Else unless a Flag holds N, or less than N if Less; or a Context is done
)

// An Instr is one instruction. Execution goes on at Next, except where the Op
// says otherwise.
type Instr struct {
	Op         Op
	Obj        int // the object it works on
	N          int // Go: the proc; Add: the delta; Set, Test: the value
	Next, Else int
	To         []int  // Branch: two or more ways
	Cond       int    // Branch, Forget: 1..64 names a condition, which one goroutine always decides the same way; 0 does not
	Cases      []Case // Select
	Default    bool   // Select
	Less       bool   // Test
	Idle       bool   // a goroutine may wait here for ever: not reported
	Open       bool   // Send, Recv, Wait, CondWait: others, outside of the program, may end the wait at any time

	Site  int    // the caller's position
	Label string // Branch: what is asked, for the reader of a witness
}

// A Case is one case of a Select: a Send or Recv with all it means.
type Case struct {
	Op         Op
	Obj        int
	Next, Else int
	Site       int
	Open       bool // others, outside of the program, may take part at any time
}

// Targets yields every instruction that may follow in.
func (in *Instr) Targets() iter.Seq[int] {
	return func(yield func(int) bool) {
		var to []int
		switch in.Op {
		case Return, Panic:
		case Branch:
			to = in.To
		case Select:
			for _, c := range in.Cases {
				to = append(to, c.Next)
				if c.Op == Recv {
					to = append(to, c.Else)
				}
			}
			if in.Default {
				to = append(to, in.Next)
			}
		case Recv, TryLock, TryRLock, Test:
			to = []int{in.Next, in.Else}
		default:
			to = []int{in.Next}
		}
		for _, t := range to {
			if !yield(t) {
				return
			}
		}
	}
}

// Offers returns the channel operations among which in chooses.
func (in *Instr) Offers() []Case {
	switch in.Op {
	case Send, Recv:
		return []Case{{Op: in.Op, Obj: in.Obj, Next: in.Next, Else: in.Else, Site: in.Site, Open: in.Open}}
	case Select:
		return in.Cases
	}
	return nil
}

// check panics if p is malformed: whoever built it is wrong, and nothing can be
// said about it.
func (p *Program) check() {
	slots := 0
	for i := range p.Procs {
		proc := &p.Procs[i]
		slots += proc.max()
		p.checkProc(i, proc)
	}
	if slots > maxSlots {
		panic(fmt.Sprintf("explore: %d goroutines, more than %d", slots, maxSlots))
	}
	for i, o := range p.Objects {
		if o.Kind == Cond && (o.Lock < 0 || o.Lock >= len(p.Objects) || p.Objects[o.Lock].Kind != Mutex) {
			panic(fmt.Sprintf("explore: object %d (%s): the lock of a Cond must be a Mutex", i, o.Name))
		}
		if o.Cap < 0 {
			panic(fmt.Sprintf("explore: object %d (%s): negative capacity", i, o.Name))
		}
	}
}

func (p *Program) checkProc(i int, proc *Proc) {
	if len(proc.Code) == 0 || len(proc.Code) > maxCode {
		panic(fmt.Sprintf("explore: proc %d (%s) has %d instructions", i, proc.Name, len(proc.Code)))
	}
	ways := make(map[int]int) // of each condition
	for pc := range proc.Code {
		in := &proc.Code[pc]
		what := p.fault(proc, in)
		if in.Op == Branch && in.Cond > 0 {
			n := cmp.Or(ways[in.Cond], len(in.To))
			if n != len(in.To) {
				what = fmt.Sprintf("condition %d has %d ways, then %d", in.Cond, n, len(in.To))
			}
			ways[in.Cond] = n
		}
		if what != "" {
			panic(fmt.Sprintf("explore: proc %d (%s), instruction %d: %s", i, proc.Name, pc, what))
		}
	}
}

// fault says what is wrong with in, or "".
func (p *Program) fault(proc *Proc, in *Instr) string {
	for t := range in.Targets() {
		if t < 0 || t >= len(proc.Code) {
			return fmt.Sprintf("jumps to %d", t)
		}
	}
	switch in.Op {
	case Jump, Return, Panic:
		return ""
	case Branch, Forget:
		if in.Op == Branch && (len(in.To) == 0 || len(in.To) > maxWays) {
			return fmt.Sprintf("branches %d ways", len(in.To))
		}
		if in.Cond < 0 || in.Cond > maxConds {
			return fmt.Sprintf("condition %d", in.Cond)
		}
		return ""
	case Go:
		if in.N < 0 || in.N >= len(p.Procs) {
			return fmt.Sprintf("starts proc %d", in.N)
		}
		return ""
	case Select:
		for _, c := range in.Cases {
			if c.Op != Send && c.Op != Recv || !p.fits(c.Op, c.Obj) {
				return fmt.Sprintf("select case with operation %d on object %d", c.Op, c.Obj)
			}
		}
		return ""
	}
	if !p.fits(in.Op, in.Obj) {
		return fmt.Sprintf("operation %d on object %d", in.Op, in.Obj)
	}
	if in.Op == Set && (in.N < 0 || in.N > maxCount) {
		return fmt.Sprintf("sets %d", in.N)
	}
	return ""
}

// fits reports whether object i exists and op works on its kind.
func (p *Program) fits(op Op, i int) bool {
	if i < 0 || i >= len(p.Objects) {
		return false
	}
	switch k := p.Objects[i].Kind; op {
	case Send, Close:
		return k == Chan
	case Recv:
		return k == Chan || k == Context || k == Timer
	case Lock, TryLock, Unlock:
		return k == Mutex || k == RWMutex
	case RLock, TryRLock, RUnlock:
		return k == RWMutex
	case Add:
		return k == WaitGroup || k == Flag
	case Wait:
		return k == WaitGroup
	case CondWait, Signal, Broadcast:
		return k == Cond
	case Cancel:
		return k == Context
	case Set:
		return k == Flag || k == Timer
	case Test:
		return k == Flag || k == Context
	}
	return false
}

// max returns how many goroutines may run p at the same time.
func (p *Proc) max() int { return max(1, p.Start, p.Max) }
