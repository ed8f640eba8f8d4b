package growth

type page struct {
	id   int
	kind string
}

// A list of what is not wanted lets anything else through, as often as it comes.
func filtered(blocked map[string]bool, in <-chan *page, out chan<- *page) {
	var queue []*page
	for {
		var send chan<- *page
		var first *page
		if len(queue) > 0 {
			send, first = out, queue[0]
		}
		select {
		case p := <-in:
			if blocked[p.kind] {
				continue
			}
			queue = append(queue, p) // want `queue grows with each receive from in while nobody takes its items`
		case send <- first:
			queue = queue[1:]
		}
	}
}

// What has been there before is taken again.
func known(in <-chan *page, out chan<- *page) {
	seen := make(map[int]bool)
	var queue []*page
	for {
		var send chan<- *page
		var first *page
		if len(queue) > 0 {
			send, first = out, queue[0]
		}
		select {
		case p := <-in:
			if seen[p.id] {
				queue = append(queue, p) // want `queue grows with each receive from in`
			}
			seen[p.id] = true
		case send <- first:
			queue = queue[1:]
		}
	}
}

// Some are not put into the set.
func remembered(in <-chan *page, out chan<- *page) {
	seen := make(map[int]bool)
	var queue []*page
	for {
		var send chan<- *page
		var first *page
		if len(queue) > 0 {
			send, first = out, queue[0]
		}
		select {
		case p := <-in:
			if seen[p.id] {
				continue
			}
			queue = append(queue, p) // want `queue grows with each receive from in`
			if p.kind == "final" {
				seen[p.id] = true
			}
		case send <- first:
			queue = queue[1:]
		}
	}
}

// The set is emptied, and the list is not.
func forgotten(in <-chan *page, out chan<- *page, forget <-chan int) {
	seen := make(map[int]bool)
	var queue []*page
	for {
		var send chan<- *page
		var first *page
		if len(queue) > 0 {
			send, first = out, queue[0]
		}
		select {
		case p := <-in:
			if !seen[p.id] {
				seen[p.id] = true
				queue = append(queue, p) // want `queue grows with each receive from in`
			}
		case send <- first:
			queue = queue[1:]
		case id := <-forget:
			delete(seen, id)
		}
	}
}

// There is a new set for each round.
func renewed(in <-chan *page, out chan<- *page) {
	var queue []*page
	for {
		seen := make(map[int]bool)
		var send chan<- *page
		var first *page
		if len(queue) > 0 {
			send, first = out, queue[0]
		}
		select {
		case p := <-in:
			if !seen[p.id] {
				seen[p.id] = true
				queue = append(queue, p) // want `queue grows with each receive from in`
			}
		case send <- first:
			queue = queue[1:]
		}
	}
}

// What is asked for has nothing to do with what comes.
func unrelated(open map[int]bool, in <-chan *page, out chan<- *page, turn int) {
	var queue []*page
	for {
		var send chan<- *page
		var first *page
		if len(queue) > 0 {
			send, first = out, queue[0]
		}
		select {
		case p := <-in:
			if !open[turn] {
				open[p.id] = true
				queue = append(queue, p) // want `queue grows with each receive from in`
			}
		case send <- first:
			queue = queue[1:]
		}
	}
}
