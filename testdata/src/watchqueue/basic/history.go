// Package basic uses wake-ups and latest values as if each of them arrived.
package basic

import "context"

// Acks of workers merge if they come at the same time, so the coordinator
// waits for ever.
func countAcks(workers int, work func()) {
	acked := make(chan struct{}, 1)
	for range workers {
		go func() {
			work()
			select {
			case acked <- struct{}{}:
			default:
			}
		}()
	}
	for range workers {
		<-acked // want `^this loop counts the items of acked, but a send that finds it full is dropped \(line 13\); count in the sender or use a queue such as mpsc$`
	}
}

func countAcksFixed(workers int, work func()) {
	acked := make(chan struct{}, workers)
	for range workers {
		go func() {
			work()
			acked <- struct{}{}
		}()
	}
	for range workers {
		<-acked
	}
}

type quorum struct {
	votes chan struct{}
}

func newQuorum() *quorum { return &quorum{votes: make(chan struct{}, 1)} }

func (q *quorum) vote() {
	select {
	case q.votes <- struct{}{}:
	default:
	}
}

func (q *quorum) waitForThree(ctx context.Context) error {
	got := 0
	for {
		select {
		case <-q.votes: // want `got counts the items of q\.votes, but a send that finds it full is dropped \(line 44\)`
			got++
			if got == 3 {
				return nil
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

type fixedQuorum struct {
	votes chan struct{}
}

func newFixedQuorum(members int) *fixedQuorum {
	return &fixedQuorum{votes: make(chan struct{}, members)}
}

func (q *fixedQuorum) vote() {
	select {
	case q.votes <- struct{}{}:
	default:
	}
}

func (q *fixedQuorum) waitForThree() {
	got := 0
	for got < 3 {
		<-q.votes
		got++
	}
}

type reading struct{ watts int }

// The newest reading replaces the one before, so the sum has gaps.
type meter struct {
	latest chan reading
	log    []reading
}

func newMeter() *meter { return &meter{latest: make(chan reading, 1)} }

func (m *meter) publish(r reading) {
	select {
	case <-m.latest:
	default:
	}
	select {
	case m.latest <- r:
	default:
	}
}

func (m *meter) sum() int {
	total := 0
	for r := range m.latest { // want `total adds up the items of m\.latest, but a newer item replaces the one before \(line 103\); use a queue such as mpsc`
		total += r.watts
	}
	return total
}

func (m *meter) record() {
	for {
		r, ok := <-m.latest // want `m\.log keeps the items of m\.latest, but a newer item replaces the one before`
		if !ok {
			return
		}
		m.log = append(m.log, r)
	}
}

// Old for new in one select.
type gauge struct{ latest chan int }

func newGauge() *gauge { return &gauge{latest: make(chan int, 1)} }

func (g *gauge) publish(v int) {
	select {
	case g.latest <- v:
	case <-g.latest:
		g.latest <- v
	}
}

func (g *gauge) all() (list []int) {
	for v := range g.latest { // want `list keeps the items of g\.latest, but a newer item`
		list = append(list, v)
	}
	return list
}

// A queue with room, and who sends waits.
type fixedMeter struct {
	readings chan reading
}

func newFixedMeter() *fixedMeter { return &fixedMeter{readings: make(chan reading, 64)} }

func (m *fixedMeter) publish(r reading) { m.readings <- r }

func (m *fixedMeter) sum() int {
	total := 0
	for r := range m.readings {
		total += r.watts
	}
	return total
}

// One channel for all attempts has room for one of two answers.
func attempts(limit int, deliver func(answer func(bool))) bool {
	tries := 0
	result := make(chan bool, 1)
	for tries <= limit {
		deliver(func(ok bool) {
			select {
			case result <- ok:
			default:
			}
		})
		if <-result { // want `^tries counts the items of result, but a send that finds it full is dropped`
			return true
		}
		tries++
	}
	return false
}
