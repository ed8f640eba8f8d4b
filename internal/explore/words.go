package explore

import (
	"fmt"
	"slices"
	"strings"
)

// A teller finds the words for the steps of a witness, from first to last.
type teller struct {
	*machine
	w       *Witness
	holders map[int][]Hold // for each lock, who holds it
}

// does says what happens in a step.
func (t *teller) does(st *Step, sc scene) string {
	t.hold(st, sc)
	what := t.deed(st, sc)
	if t.pc(sc.after, sc.slot) < 0 {
		what += ", then returns"
	}
	if st.Op == Send && st.Peer >= 0 && t.pc(sc.after, sc.peer) < 0 {
		what += "; " + t.lane(st.Peer) + " returns"
	}
	return what
}

// deed says what the operation of a step does.
func (t *teller) deed(st *Step, sc scene) string {
	in := t.at(sc.before, sc.slot)
	switch st.Op {
	case Branch:
		return decided(st.Choices)
	case Go:
		return "starts " + t.lane(st.Peer)
	case Select:
		return "takes the default case"
	case Send, Recv, Close, Cancel:
		return t.passes(st, sc)
	case Lock, TryLock, Unlock, RLock, TryRLock, RUnlock:
		return t.locks(st, sc)
	case Add:
		if t.prog.Objects[st.Obj].Kind == Flag {
			return fmt.Sprintf("adds %d to %s", in.N, t.object(st.Obj))
		}
		if in.N == -1 {
			return fmt.Sprintf("calls %s.Done", t.object(st.Obj))
		}
		return fmt.Sprintf("calls %s.Add(%d)", t.object(st.Obj), in.N)
	case Wait:
		if sc.how == brought {
			return "waits for " + t.object(st.Obj) + " until others have brought it to zero"
		}
		return "finds " + t.object(st.Obj) + " at zero"
	case CondWait, Signal, Broadcast:
		return t.signals(st, sc)
	case Set:
		if t.prog.Objects[st.Obj].Kind == Timer {
			return []string{"rearms ", "stops "}[min(in.N, 1)] + t.object(st.Obj)
		}
		if t.prog.Objects[st.Obj].Nil {
			return "sets " + t.object(st.Obj) + []string{" to nil", " to what is not nil"}[min(in.N, 1)]
		}
		return fmt.Sprintf("sets %s to %d", t.object(st.Obj), in.N)
	case Test:
		return t.finds(st, sc, in)
	}
	panic(fmt.Sprintf("explore: operation %d in a witness", st.Op))
}

// decided tells how branches were decided.
func decided(choices []Choice) string {
	var words []string
	for _, c := range choices {
		label, way := c.Label, fmt.Sprintf("way %d of %d", c.Way+1, c.Ways)
		switch {
		case label == "":
			words = append(words, "takes "+way)
		case c.Ways == 2:
			words = append(words, fmt.Sprintf("finds %s %t", label, c.Way == 0))
		default:
			words = append(words, fmt.Sprintf("decides %s: %s", label, way))
		}
	}
	if len(words) == 0 {
		return "loops for ever"
	}
	return strings.Join(words, ", ")
}

// passes tells of channels, contexts and timers.
func (t *teller) passes(st *Step, sc scene) string {
	o, name := t.prog.Objects[st.Obj], t.object(st.Obj)
	switch {
	case st.Op == Close:
		return "closes " + name
	case st.Op == Cancel:
		return "cancels " + name
	case sc.how == brought && st.Op == Send:
		return "sends on " + name + " to somebody outside"
	case sc.how == brought:
		return "receives from " + name + " what comes from outside"
	case sc.how == met:
		return fmt.Sprintf("sends on %s to %s", name, t.lane(st.Peer))
	case st.Op == Send:
		return fmt.Sprintf("sends on %s, %d of %d in its buffer", name, sc.after.obj(st.Obj), o.Cap)
	case sc.how == sawClosed:
		return "finds " + name + " closed"
	case sc.how == fired:
		return "sees " + name + " fire"
	case sc.how == outside:
		return "sees " + name + " cancelled from outside"
	case o.Kind == Context:
		return "sees " + name + " done"
	}
	return "receives from " + name
}

// locks tells of mutexes.
func (t *teller) locks(st *Step, sc scene) string {
	verb := map[Op]string{
		Lock: "locks ", TryLock: "locks ", Unlock: "unlocks ",
		RLock: "read-locks ", TryRLock: "read-locks ", RUnlock: "read-unlocks ",
	}[st.Op]
	switch sc.how {
	case refused:
		verb = "cannot " + strings.Replace(verb, "locks", "lock", 1)
	case announced:
		return "wants to lock " + t.object(st.Obj) + " and keeps new readers out"
	}
	return verb + t.object(st.Obj)
}

// signals tells of condition variables.
func (t *teller) signals(st *Step, sc scene) string {
	name := t.object(st.Obj)
	switch {
	case st.Op == CondWait && sc.how == brought:
		return "is woken from outside"
	case st.Op == CondWait && sc.how == slept:
		return fmt.Sprintf("waits on %s, which unlocks %s", name, t.object(t.prog.Objects[st.Obj].Lock))
	case st.Op == CondWait:
		return "wakes and locks " + t.object(t.prog.Objects[st.Obj].Lock)
	case st.Op == Broadcast:
		return "wakes all that wait on " + name
	case sc.how == refused:
		return "signals " + name + ", but nobody waits"
	}
	return fmt.Sprintf("signals %s, which wakes %s", name, t.lane(st.Peer))
}

// finds tells what a test has found.
func (t *teller) finds(st *Step, sc scene, in *Instr) string {
	not := ""
	if sc.how == refused {
		not = "not "
	}
	if t.prog.Objects[st.Obj].Kind == Context {
		return fmt.Sprintf("finds %s %sdone", t.object(st.Obj), not)
	}
	if t.prog.Objects[st.Obj].Nil {
		return fmt.Sprintf("finds %s %snil", t.object(st.Obj), not)
	}
	if in.Less {
		return fmt.Sprintf("finds %s %sless than %d", t.object(st.Obj), not, in.N)
	}
	return fmt.Sprintf("finds %s %sat %d", t.object(st.Obj), not, in.N)
}

// hold keeps account of who holds which lock.
func (t *teller) hold(st *Step, sc scene) {
	lock, gain := st.Obj, 0
	switch {
	case sc.how == refused || sc.how == announced:
	case st.Op == Lock, st.Op == TryLock, st.Op == RLock, st.Op == TryRLock:
		gain = 1
	case st.Op == Unlock, st.Op == RUnlock:
		gain = -1
	case st.Op == CondWait && sc.how == brought:
	case st.Op == CondWait:
		lock, gain = t.prog.Objects[st.Obj].Lock, 1
		if sc.how == slept {
			gain = -1
		}
	}
	held := t.holders[lock]
	switch at := slices.IndexFunc(held, func(h Hold) bool { return h.Lane == st.Lane }); {
	case gain > 0:
		t.holders[lock] = append(held, Hold{lock, st.Lane, st.Site})
	case gain < 0 && at >= 0:
		t.holders[lock] = slices.Delete(held, at, at+1)
	case gain < 0 && len(held) > 0:
		t.holders[lock] = held[1:] // unlocked by another goroutine
	}
}

// blocks says where a goroutine is stuck.
func (t *teller) blocks(st *Step, s state) string {
	in := t.at(s, st.move.slot)
	switch in.Op {
	case Send, Recv:
		return "blocks for ever " + t.wants(in.Op, in.Obj)
	case Select:
		if len(in.Cases) == 0 {
			return "blocks for ever in an empty select"
		}
		var cases []string
		for _, c := range in.Cases {
			cases = append(cases, t.wants(c.Op, c.Obj))
		}
		return "blocks for ever " + strings.Join(cases, " or ")
	case Lock:
		return "blocks for ever locking " + t.object(in.Obj) + t.heldBy(st, in.Obj)
	case RLock:
		return "blocks for ever read-locking " + t.object(in.Obj) + t.heldBy(st, in.Obj)
	case Wait:
		return fmt.Sprintf("blocks for ever waiting for %s, still at %d", t.object(in.Obj), s.obj(in.Obj))
	case CondWait:
		if t.phase(s, st.move.slot) == woken {
			mu := t.prog.Objects[in.Obj].Lock
			return "blocks for ever locking " + t.object(mu) + t.heldBy(st, mu)
		}
		return "blocks for ever waiting on " + t.object(in.Obj)
	}
	panic(fmt.Sprintf("explore: stuck in operation %d, which cannot block", in.Op))
}

// wants tells of a channel operation that waits.
func (t *teller) wants(op Op, obj int) string {
	nothing := ""
	if t.prog.Objects[obj].Nil {
		nothing = ", which is nil"
	}
	if op == Send {
		return "sending on " + t.object(obj) + nothing
	}
	return "receiving from " + t.object(obj) + nothing
}

// heldBy tells who holds a lock that the goroutine of st waits for.
func (t *teller) heldBy(st *Step, lock int) string {
	var names []string
	for _, h := range t.holders[lock] {
		name := t.lane(h.Lane)
		if h.Lane == st.Lane {
			name = "itself"
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return ""
	}
	return ", held by " + strings.Join(names, " and ")
}

func (t *teller) lane(i int) string { return t.w.Lanes[i].Name }

// object returns the name of object i.
func (t *teller) object(i int) string {
	if name := t.prog.Objects[i].Name; name != "" {
		return name
	}
	return fmt.Sprintf("object %d", i)
}
