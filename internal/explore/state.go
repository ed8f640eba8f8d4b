package explore

import "iter"

// Limits of the encoding. maxSlots is the width of a set of slots.
const (
	maxSlots = 64
	maxConds = 64
	maxWays  = 254
	maxCode  = 1<<16 - 3
	maxCount = 1<<15 - 1
)

// A state is everything that tells two moments apart, as bytes: first two for
// each object, then a record for each slot. What they mean depends on the kind.
//
//	Chan       elements in the buffer, and closedBit
//	Mutex      1 if locked
//	RWMutex    readers, and writerBit or pendingBit
//	WaitGroup  the counter
//	Context    1 if done
//	Timer      1 if it has fired or was stopped
//	Flag       its value
//
// A slot is room for one goroutine of one proc: its pc plus one (zero if the
// slot is free), a phase, and the decided conditions. A free slot is all zeros.
//
// Inv: equal futures that differ in nothing but forgotten things have equal
// bytes: dead conditions are zero, and so are the phases of past instructions.
type state []byte

const (
	closedBit  = 1 << 15
	writerBit  = 1 << 15 // a writer holds the lock
	pendingBit = 1 << 14 // a writer waits for the readers to leave
)

// A phase tells how far a goroutine is within one instruction.
const (
	arrived = iota
	waiting // Lock of an RWMutex: announced; CondWait: unlocked, asleep
	woken   // CondWait: signalled, wants the lock
)

// spinning is the pc of a goroutine that loops for ever on nothing shared.
const spinning = maxCode + 1

func (s state) obj(i int) int { return int(s[2*i]) | int(s[2*i+1])<<8 }

func (s state) setObj(i, v int) { s[2*i], s[2*i+1] = byte(v), byte(v>>8) }

// A machine runs one program. It is only read once it is made.
type machine struct {
	prog              *Program
	opts              Options
	slots             []slot
	first             []int      // the first slot of each proc
	leaves            [][]bool   // for each proc and pc, whether an operation or the end can follow
	live              [][]uint64 // for each proc and pc, the conditions that may still be asked
	twins             []int      // the slots after another of the same proc, if reduce
	touched, touching [][]access // for each proc and pc, what it touches now, and from now on
	offers            [][][]Case // for each proc and pc, the channel operations it offers
	size              int        // of a state
	reduce            bool       // take states as equal that have the same future
}

// A slot is where a goroutine lives.
type slot struct {
	proc  int
	at    int // where its record begins in a state
	conds int // how many conditions the record has
}

// Offsets within a slot's record.
const (
	atPC    = 0
	atPhase = 2
	atConds = 3
)

func newMachine(p *Program, opts Options, reduce bool) *machine {
	p.check()
	m := &machine{prog: p, opts: opts, reduce: reduce, size: 2 * len(p.Objects), touching: p.futures()}
	for i := range p.Procs {
		proc := &p.Procs[i]
		conds := 0
		var offers [][]Case
		for pc := range proc.Code {
			conds = max(conds, proc.Code[pc].Cond)
			offers = append(offers, proc.Code[pc].Offers())
		}
		m.offers = append(m.offers, offers)
		m.leaves = append(m.leaves, leaves(proc.Code))
		m.live = append(m.live, liveConds(proc.Code))
		touched := make([]access, len(proc.Code))
		for pc := range proc.Code {
			touched[pc] = p.touches(&proc.Code[pc])
		}
		m.touched = append(m.touched, touched)
		m.first = append(m.first, len(m.slots))
		for k := range proc.max() {
			if k > 0 && reduce {
				m.twins = append(m.twins, len(m.slots))
			}
			m.slots = append(m.slots, slot{proc: i, at: m.size, conds: conds})
			m.size += atConds + conds
		}
	}
	return m
}

// start returns the state in which the program begins.
func (m *machine) start() state {
	s := make(state, m.size)
	for i := range m.prog.Procs {
		for k := range m.prog.Procs[i].Start {
			m.enter(s, m.first[i]+k, 0)
		}
	}
	m.sort(s)
	return s
}

// pc returns where the goroutine in slot i is, or -1 if the slot is free.
func (m *machine) pc(s state, i int) int {
	at := m.slots[i].at
	return int(s[at]) | int(s[at+1])<<8 - 1
}

func (m *machine) setPC(s state, i, pc int) {
	at := m.slots[i].at
	s[at], s[at+1] = byte(pc+1), byte((pc+1)>>8)
}

func (m *machine) phase(s state, i int) int { return int(s[m.slots[i].at+atPhase]) }

func (m *machine) setPhase(s state, i, phase int) { s[m.slots[i].at+atPhase] = byte(phase) }

// choice returns how the goroutine in slot i has decided condition k: the
// number of the way, or -1.
func (m *machine) choice(s state, i, k int) int {
	return int(s[m.slots[i].at+atConds+k-1]) - 1
}

func (m *machine) setChoice(s state, i, k, way int) {
	s[m.slots[i].at+atConds+k-1] = byte(way + 1)
}

// at returns the instruction that the goroutine in slot i is at, or nil if
// there is no such goroutine or it spins.
func (m *machine) at(s state, i int) *Instr {
	pc := m.pc(s, i)
	if pc < 0 || pc == spinning {
		return nil
	}
	return &m.prog.Procs[m.slots[i].proc].Code[pc]
}

// free returns a free slot for a goroutine of proc p, or -1.
func (m *machine) free(s state, p int) int {
	for i := m.first[p]; i < len(m.slots) && m.slots[i].proc == p; i++ {
		if m.pc(s, i) < 0 {
			return i
		}
	}
	return -1
}

// enter moves the goroutine in slot i to pc and on over what it can only do in
// one way and nobody sees. It ends at an operation, at a Branch that is open,
// or nowhere.
func (m *machine) enter(s state, i, pc int) {
	sl := m.slots[i]
	proc := &m.prog.Procs[sl.proc]
	m.setPhase(s, i, arrived)
	// Each Forget can be passed with fewer and fewer decided conditions, so
	// after so many steps the goroutine has been here before.
	for range len(proc.Code) * (sl.conds + 2) {
		in := &proc.Code[pc]
		switch {
		case !m.leaves[sl.proc][pc]:
			m.spin(s, i)
			return
		case in.Op == Jump:
			pc = in.Next
		case in.Op == Forget:
			if in.Cond > 0 {
				m.setChoice(s, i, in.Cond, -1)
			}
			pc = in.Next
		case in.Op == Branch && in.Cond > 0 && m.choice(s, i, in.Cond) >= 0:
			pc = in.To[m.choice(s, i, in.Cond)]
		case in.Op == Return && !m.endsAll(i):
			clear(m.record(s, i))
			return
		default:
			m.setPC(s, i, pc)
			m.forget(s, i, pc)
			return
		}
	}
	m.spin(s, i)
}

// spin marks the goroutine in slot i as one that loops on nothing for ever.
func (m *machine) spin(s state, i int) {
	clear(m.record(s, i))
	m.setPC(s, i, spinning)
}

// forget drops the conditions that slot i will not ask again from pc on.
func (m *machine) forget(s state, i, pc int) {
	if !m.reduce {
		return
	}
	live := m.live[m.slots[i].proc][pc]
	for k := 1; k <= m.slots[i].conds; k++ {
		if live&(1<<(k-1)) == 0 {
			m.setChoice(s, i, k, -1)
		}
	}
}

// endsAll reports whether the return of slot i's goroutine ends the program.
func (m *machine) endsAll(i int) bool {
	return m.opts.MainEndsAll && m.prog.Procs[m.slots[i].proc].Main
}

// running yields the slots that have a goroutine in s.
func (m *machine) running(s state) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range m.slots {
			if m.pc(s, i) >= 0 && !yield(i) {
				return
			}
		}
	}
}
