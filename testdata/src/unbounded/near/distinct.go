package near

// What has been there before is not taken again: the list is never longer than the
// set.
func addresses(found <-chan []byte, out chan<- []byte) {
	sent := make(map[string]struct{})
	var rest [][]byte
	var next []byte
	var send chan<- []byte
	for {
		select {
		case send <- next:
			if len(rest) > 0 {
				next, rest = rest[0], rest[1:]
			} else {
				next, send = nil, nil
			}
		case a := <-found:
			if _, ok := sent[string(a)]; ok {
				continue
			}
			sent[string(a)] = struct{}{}
			if next == nil {
				next, send = a, out
			} else {
				rest = append(rest, a)
			}
		}
	}
}

// One entry for each that waits, and the set knows which.
func waiting(in <-chan *item, out chan<- *item) {
	queued := make(map[int]bool)
	var queue []*item
	for {
		var send chan<- *item
		var first *item
		if len(queue) > 0 {
			send, first = out, queue[0]
		}
		select {
		case i := <-in:
			if !queued[i.id] {
				queue = append(queue, i)
				queued[i.id] = true
			}
		case send <- first:
			queue = queue[1:]
			delete(queued, first.id)
		}
	}
}

type crawl struct {
	known   map[int]*item
	queue   []*item
	in, out chan *item
}

// The set is a field, and holds more than that something is there.
func (w *crawl) run() {
	for {
		var send chan<- *item
		var first *item
		if len(w.queue) > 0 {
			send, first = w.out, w.queue[0]
		}
		select {
		case i := <-w.in:
			if w.known[i.id] == nil {
				w.known[i.id] = i
				w.queue = append(w.queue, i)
			}
		case send <- first:
			w.queue = w.queue[1:]
		}
	}
}
