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
