package explore

import "bytes"

// Goroutines that run the same proc are interchangeable, so states that differ
// only in which of them is where count as one: the records of a proc's slots
// are kept in order. A move may therefore change in which slot a goroutine
// lives, and whoever follows goroutines along moves has to know.

// A renaming tells for each slot in which slot its goroutine lives from now on.
// Nil means that all stay.
type renaming []uint8

// sort puts the records of each proc in order, free slots last.
func (m *machine) sort(s state) renaming {
	var moved renaming
	for _, first := range m.twins {
		for i := first; i > m.first[m.slots[first].proc] && bytes.Compare(m.record(s, i-1), m.record(s, i)) < 0; i-- {
			if moved == nil {
				moved = m.identity()
			}
			swap(m.record(s, i-1), m.record(s, i))
			moved.swap(uint8(i-1), uint8(i))
		}
	}
	return moved
}

// record returns what s knows of slot i.
func (m *machine) record(s state, i int) []byte {
	sl := m.slots[i]
	return s[sl.at : sl.at+atConds+sl.conds]
}

func (m *machine) identity() renaming {
	r := make(renaming, len(m.slots))
	for i := range r {
		r[i] = uint8(i)
	}
	return r
}

// swap makes the goroutines that r brings to i and j change places.
func (r renaming) swap(i, j uint8) {
	for k, to := range r {
		switch to {
		case i:
			r[k] = j
		case j:
			r[k] = i
		}
	}
}

// before returns the slots, before the renaming, of those in set after it.
func (r renaming) before(set uint64) uint64 {
	if r == nil || set == everybody {
		return set
	}
	var out uint64
	for i, to := range r {
		out |= set >> to & 1 << i
	}
	return out
}

// apply returns the lanes of the slots after the renaming.
func (r renaming) apply(laneOf map[int]int) map[int]int {
	if r == nil {
		return laneOf
	}
	after := make(map[int]int)
	for i, to := range r {
		if lane, ok := laneOf[i]; ok {
			after[int(to)] = lane
		}
	}
	return after
}

func swap(a, b []byte) {
	for i := range a {
		a[i], b[i] = b[i], a[i]
	}
}
