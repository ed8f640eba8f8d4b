package near

import "sync"

// A message is acknowledged by whoever gets it, long after it was handed out.
type message struct {
	body string
	ack  func(error) error
}

type acked struct {
	pending *message
	out     sync.WaitGroup
	last    string
}

func newAcked() (*acked, error) { return &acked{}, nil }

func (a *acked) flush(body string) (message, error) {
	if body == "" {
		return message{}, nil
	}
	a.out.Add(1)
	m := message{body: body, ack: func(error) error {
		a.last = body
		a.out.Done()
		return nil
	}}
	return m, nil
}

func (a *acked) close(blocked bool) {
	if blocked {
		a.out.Wait()
	}
}

type reader struct {
	messages chan message
	done     chan struct{}
	finished bool
}

func newReader() *reader {
	return &reader{messages: make(chan message), done: make(chan struct{})}
}

func (r *reader) consume(next func() string) error {
	a, err := newAcked()
	if err != nil {
		return err
	}
	finished := false
	go func() {
		defer func() { a.close(finished) }()
		var pending message
		var flush chan<- message
		for {
			if pending.body == "" {
				if pending, err = a.flush(next()); err != nil {
					return
				}
			}
			if flush = nil; pending.body != "" {
				flush = r.messages
			}
			select {
			case flush <- pending:
				pending = message{}
			case <-r.done:
				finished = true
				return
			}
		}
	}()
	return nil
}

func (r *reader) Read() (string, func(error) error) {
	m := <-r.messages
	return m.body, func(err error) error { return m.ack(err) }
}

// The same if there are two kinds of messages.
type tracked struct{ out sync.WaitGroup }

func (t *tracked) hand(urgent bool) *message {
	t.out.Add(1)
	if urgent {
		return &message{body: "urgent", ack: func(error) error { t.out.Done(); return nil }}
	}
	return &message{ack: func(error) error { t.out.Done(); return nil }}
}

func handAll(urgent func() bool, handle func(*message)) {
	t := &tracked{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		t.out.Wait()
	}()
	handle(t.hand(urgent()))
	<-done
}

func handEither(urgent bool, handle func(func())) {
	var out sync.WaitGroup
	out.Add(1)
	end := func() { println("late"); out.Done() }
	if urgent {
		end = func() { out.Done() }
	}
	go handle(end)
	out.Wait()
}
