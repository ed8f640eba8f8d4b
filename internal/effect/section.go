package effect

import (
	"golang.org/x/tools/go/ssa"

	"github.com/chanlint/chanlint/internal/conc"
	"github.com/chanlint/chanlint/internal/lockset"
	"github.com/chanlint/chanlint/internal/place"
)

// A Section is a stretch of code between taking a lock and releasing it.
type Section struct {
	Fn    *conc.Func
	Lock  lockset.Held
	Waits bool // it may block, for any reason
	Works bool // its function starts goroutines, or closes channels: it starts or stops something
	Calls int  // the calls it makes
}

// findSections collects the critical sections of the package that touch state
// guarded by their lock.
func (r *Result) findSections() {
	r.sections = make(map[place.Join][]Section)
	for _, f := range r.Funcs {
		byOp := make(map[*conc.Op]*Section)
		var order []*conc.Op
		for op, set := range r.funcs[f].flow.All() {
			for _, h := range set.Held() {
				if byOp[h.Op] == nil {
					byOp[h.Op] = &Section{Fn: f, Lock: h}
					order = append(order, h.Op)
				}
				s := byOp[h.Op]
				s.Waits = s.Waits || op.Kind == conc.Known || len(r.Waits(op)) > 0
				if op.Kind == conc.Call {
					s.Calls++
				}
			}
		}
		works := worksIn(f)
		for _, op := range order {
			s := byOp[op]
			s.Works = works
			if j := s.Lock.Lock.Join(); !j.IsZero() && touches(f, s.Lock.Lock) {
				r.sections[j] = append(r.sections[j], *s)
			}
		}
	}
}

// worksIn reports whether f starts or stops something.
func worksIn(f *conc.Func) bool {
	for op := range f.Ops {
		switch op.Kind {
		case conc.Go, conc.Close, conc.Cancel:
			return true
		}
	}
	return false
}

// touches reports whether f reads or writes what a lock guards: another field
// of the object that the lock is a field of, or, for a lock that is a
// variable, any variable that is not a lock.
func touches(f *conc.Func, lock place.Place) bool {
	if lock.Kind() == place.Local && lock.Field() != nil {
		return false // the object is being made
	}
	for _, b := range f.SSA.Blocks {
		for _, instr := range b.Instrs {
			switch instr := instr.(type) {
			case *ssa.FieldAddr:
				if lock.Field() != nil && sameStruct(instr, lock) {
					return true
				}
			case *ssa.UnOp:
				if g, ok := instr.X.(*ssa.Global); ok && lock.Kind() == place.Global && g != lock.Root() {
					return true
				}
			case *ssa.Store:
				if _, ok := instr.Addr.(*ssa.Global); ok && lock.Kind() == place.Global {
					return true
				}
				if lock.Field() == nil && lock.Kind() == place.Local {
					return true
				}
			}
		}
	}
	return false
}

// sameStruct reports whether fa selects a field other than the lock from the
// struct type that declares the lock.
func sameStruct(fa *ssa.FieldAddr, lock place.Place) bool {
	st := structOf(fa)
	if st == nil {
		return false
	}
	for field := range st.Fields() {
		if field.Origin() == lock.Field() {
			return st.Field(fa.Field) != field && !isMutex(st.Field(fa.Field).Type())
		}
	}
	return false
}

// mostCalls is the number of calls above which a section does more than to
// touch state.
const mostCalls = 12

// operation is how many times as many sections have to wait as touch state for
// a lock to be taken for an operation lock.
const operation = 4

// Contenders are the critical sections of the package that a goroutine in them
// would wait for while lock is held by fn, and that do nothing but touch
// state: no waiting, no starting of goroutines.
//
// There are none for an operation lock: one that most of its sections hold
// while they wait, so that waiting for it is waiting for the operation.
func (r *Result) Contenders(lock lockset.Held, fn *conc.Func) []Section {
	var out []Section
	waiting, touching := 0, 0
	for _, s := range r.sections[lock.Lock.Join()] {
		if s.Waits {
			waiting++
		} else {
			touching++
		}
		switch {
		case s.Waits || s.Works || s.Calls > mostCalls:
		case s.Fn.Root() == fn.Root():
		case lock.Mode == lockset.Read && s.Lock.Mode == lockset.Read: // readers share
		default:
			out = append(out, s)
		}
	}
	if waiting > operation*touching {
		return nil
	}
	return out
}
