package near

import "time"

// What is relayed is kept in a map, and is not who receives it.

type note struct{ id int }

type relay struct {
	out  chan any
	add  chan note
	del  chan note
	quit chan struct{}
}

func (r *relay) send(n *note, data any) {
	r.out <- []any{n, data}
}

func (r *relay) rebroadcast(every time.Duration) {
	t := time.NewTimer(every)
	pending := make(map[note]any)
	for {
		select {
		case n := <-r.add:
			pending[n] = n.id
		case n := <-r.del:
			delete(pending, n)
		case <-t.C:
			for n, data := range pending {
				r.send(&n, data)
			}
			t.Reset(every)
		case <-r.quit:
			t.Stop()
			return
		}
	}
}

// A type may be a list of itself.
type tree []tree

type forest struct {
	out      chan tree
	add, del chan tree
	quit     chan struct{}
}

func (f *forest) show(t tree) { f.out <- t }

func (f *forest) run() {
	trees := make(map[int]tree)
	for {
		select {
		case t := <-f.add:
			trees[len(t)] = t
			for _, t := range trees {
				f.show(t)
			}
		case t := <-f.del:
			delete(trees, len(t))
		case <-f.quit:
			return
		}
	}
}
