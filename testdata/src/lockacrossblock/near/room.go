package near

import "sync"

// A desk has a getter that contends for its lock. What is sent under the lock
// goes into channels that have room for it.
type desk struct {
	mu     sync.Mutex
	open   bool
	served int
	tokens chan int
}

func newDesk() *desk {
	return &desk{tokens: make(chan int, 4)}
}

func (d *desk) isOpen() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.open
}

// The channel is made here with room for the one value sent here.
func (d *desk) sendToFresh() <-chan error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.served++
	ch := make(chan error, 1)
	ch <- nil
	return ch
}

// Each path sends once.
func (d *desk) sendToFreshOnEachPath(err error) <-chan error {
	ch := make(chan error, 1)
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.open {
		ch <- err
		return ch
	}
	d.served++
	ch <- nil
	return ch
}

// The loop sends exactly as many values as there is room for.
func (d *desk) sendAllToFresh(values []int) <-chan int {
	d.mu.Lock()
	defer d.mu.Unlock()
	ch := make(chan int, len(values))
	for _, v := range values {
		ch <- v
	}
	close(ch)
	return ch
}

// The channel is full of what is then received from it.
func (d *desk) recvFromFilled() int {
	ch := make(chan int, 1)
	ch <- 1
	d.mu.Lock()
	defer d.mu.Unlock()
	d.served += <-ch
	return d.served
}

// The range ends at the close just above it.
func (d *desk) rangeOverClosed(values []int) {
	ch := make(chan int, len(values))
	for _, v := range values {
		ch <- v
	}
	close(ch)
	d.mu.Lock()
	defer d.mu.Unlock()
	for v := range ch {
		d.served += v
	}
}

// All senders hold the lock, so the room that len shows cannot be taken by
// another.
func (d *desk) sendIfRoom(v int) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.tokens) == cap(d.tokens) {
		return false
	}
	d.tokens <- v
	return true
}

// An inquiry is answered once, and every inquiry is made with room for the
// answer.
type inquiry struct {
	key    string
	answer chan int
}

func (d *desk) inquire(key string, to chan<- inquiry) int {
	q := inquiry{key: key, answer: make(chan int, 1)}
	to <- q
	return <-q.answer
}

func (d *desk) answerUnderLock(q inquiry) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.served++
	q.answer <- d.served
}

// A job's result channel has room for one and one function sends to it, once
// for each job.
type job struct {
	mu     sync.Mutex
	state  string
	result chan error
}

func newJob() *job {
	return &job{result: make(chan error, 1)}
}

func (j *job) status() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.state
}

func (j *job) finish(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.state == "done" {
		return
	}
	j.state = "done"
	j.result <- err
}

// All senders hold the lock, so there is room once one of the two cases could
// go on.
type latest struct {
	mu    sync.Mutex
	news  map[int]chan string
	count int
}

func (l *latest) replace(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count++
	for _, ch := range l.news {
		select {
		case ch <- s:
		case <-ch:
			ch <- s
		}
	}
}

func (l *latest) drop(id int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.news, id)
}

// A watcher is made with a goroutine that receives at once, and only later
// takes the lock.
type watcher struct {
	updates chan int
	done    func()
}

func (l *latest) newWatcher() *watcher {
	w := &watcher{updates: make(chan int), done: func() { l.drop(1) }}
	go w.watch()
	return w
}

func (w *watcher) watch() {
	for range w.updates {
		w.done()
	}
}

func (l *latest) watchFrom(first int) *watcher {
	l.mu.Lock()
	defer l.mu.Unlock()
	w := l.newWatcher()
	w.updates <- first
	return w
}

// A request has a channel for one reply, and somebody who is gone has one who
// replies in his place.
type question struct {
	text  string
	reply chan string
}

type asker struct {
	mu      sync.Mutex
	pending []*question
}

func (a *asker) ask(text string) <-chan string {
	q := &question{text, make(chan string, 1)}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.pending = append(a.pending, q)
	return q.reply
}

func (a *asker) fail(why string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, q := range a.pending {
		q.reply <- why
	}
	a.pending = nil
}

// A goroutine that panics for others is waited for in vain, to be seen.
func (a *asker) crash(why any) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if why != nil {
		go panic(why)
		select {}
	}
	a.pending = nil
}

const mostPeers = 8

// A roster has room for as many as it lets in.
type roster struct {
	mu    sync.Mutex
	peers map[string]bool
	run   chan string
}

func newRoster() *roster {
	r := &roster{peers: map[string]bool{}, run: make(chan string, mostPeers)}
	go r.serve()
	return r
}

func (r *roster) add(peer string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.peers)+1 > mostPeers {
		return false
	}
	r.peers[peer] = true
	r.run <- peer
	return true
}

func (r *roster) serve() {
	for peer := range r.run {
		r.mu.Lock()
		r.peers[peer] = false
		r.mu.Unlock()
	}
}

type task struct {
	waitsFor int
	next     []*task
	run      func()
}

// A builder tells its workers of each task once, when nothing is left that the
// task waits for, and has room for all.
type builder struct {
	mu    sync.Mutex
	list  []*task
	ready chan bool
}

func (b *builder) do(tasks []*task, workers int) {
	b.ready = make(chan bool, len(tasks))
	for _, t := range tasks {
		if t.waitsFor == 0 {
			b.list = append(b.list, t)
			b.ready <- true
		}
	}
	finish := func(t *task) {
		t.run()
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, next := range t.next {
			if next.waitsFor--; next.waitsFor == 0 {
				b.list = append(b.list, next)
				b.ready <- true
			}
		}
	}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for range b.ready {
				b.mu.Lock()
				t := b.list[0]
				b.list = b.list[1:]
				b.mu.Unlock()
				finish(t)
			}
		})
	}
	wg.Wait()
}
