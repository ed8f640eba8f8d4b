package growth

type event struct {
	from, text string
}

// A goroutine with a list makes a channel of any length of two that have none.
func bridge(in <-chan event, out chan<- event) {
	var queue []event
	for {
		if len(queue) == 0 {
			e, ok := <-in
			if !ok {
				return
			}
			queue = append(queue, e)
			continue
		}
		select {
		case e, ok := <-in:
			if !ok {
				return
			}
			queue = append(queue, e) // want `^queue grows with each receive from in while nobody takes its items \(line 26\); receive only while it is short$`
		case out <- queue[0]:
			queue = queue[1:]
		}
	}
}

func bridgeFixed(in <-chan event, out chan<- event) {
	const most = 1000
	var queue []event
	for {
		var send chan<- event
		var first event
		if len(queue) > 0 {
			send, first = out, queue[0]
		}
		receive := in
		if len(queue) >= most {
			receive = nil
		}
		select {
		case e := <-receive:
			queue = append(queue, e)
		case send <- first:
			queue = queue[1:]
		}
	}
}

type mailbox struct {
	in, out chan event
	queue   []event
}

func (m *mailbox) run() {
	for {
		var out chan event
		var first event
		if len(m.queue) > 0 {
			out, first = m.out, m.queue[0]
		}
		select {
		case e := <-m.in:
			m.queue = append(m.queue, e) // want `m\.queue grows with each receive from m\.in while nobody takes its items \(line 69\)`
		case out <- first:
			m.queue = m.queue[1:]
		}
	}
}

// One channel with room, and who sends waits.
func bridgedByRoom(in <-chan event) <-chan event {
	out := make(chan event, 1000)
	go func() {
		for e := range in {
			out <- e
		}
	}()
	return out
}

// Its name says so, and who calls it may not know.
func unboundedQueue(in <-chan event, out chan<- event) {
	var queue []event
	for {
		var send chan<- event
		var first event
		if len(queue) > 0 {
			send, first = out, queue[0]
		}
		select {
		case e := <-in:
			queue = append(queue, e) // want `queue grows with each receive from in`
		case send <- first:
			queue = queue[1:]
		}
	}
}
