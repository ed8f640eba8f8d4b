package basic

import "sync"

type job func()

// Two jobs that come while one runs leave one wake-up, and the second of them
// waits for the next.
type worker struct {
	mu   sync.Mutex
	jobs []job
	wake chan struct{}
}

func newWorker() *worker {
	w := &worker{wake: make(chan struct{}, 1)}
	go w.run()
	return w
}

func (w *worker) add(j job) {
	w.mu.Lock()
	w.jobs = append(w.jobs, j)
	w.mu.Unlock()
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

func (w *worker) run() {
	for range w.wake { // want `^one item of w\.jobs is taken for each receive from w\.wake, but wake-ups merge \(line 25\); take all that is there before the next wait$`
		w.mu.Lock()
		if len(w.jobs) == 0 {
			w.mu.Unlock()
			continue
		}
		j := w.jobs[0]
		w.jobs = w.jobs[1:]
		w.mu.Unlock()
		j()
	}
}

// The same through helpers.
type pooled struct {
	mu   sync.Mutex
	jobs []job
	wake chan struct{}
	stop chan struct{}
}

func newPooled() *pooled {
	return &pooled{wake: make(chan struct{}, 1), stop: make(chan struct{})}
}

func (p *pooled) notify() {
	select {
	case p.wake <- struct{}{}:
	default:
	}
}

func (p *pooled) push(j job) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.jobs = append(p.jobs, j)
	p.notify()
}

func (p *pooled) pop() (job, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.jobs) == 0 {
		return nil, false
	}
	j := p.jobs[0]
	p.jobs = p.jobs[1:]
	return j, true
}

func (p *pooled) runOnePerWakeup() {
	for {
		select {
		case <-p.wake: // want `one item of p\.jobs is taken for each receive from p\.wake, but wake-ups merge \(line 58\)`
			if j, ok := p.pop(); ok {
				j()
			}
		case <-p.stop:
			return
		}
	}
}

// All that is there is taken before the next wait.
type drained struct {
	mu   sync.Mutex
	jobs []job
	wake chan struct{}
}

func newDrained() *drained { return &drained{wake: make(chan struct{}, 1)} }

func (d *drained) push(j job) {
	d.mu.Lock()
	d.jobs = append(d.jobs, j)
	d.mu.Unlock()
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

func (d *drained) pop() (job, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.jobs) == 0 {
		return nil, false
	}
	j := d.jobs[0]
	d.jobs = d.jobs[1:]
	return j, true
}

func (d *drained) run() {
	for range d.wake {
		for {
			j, ok := d.pop()
			if !ok {
				break
			}
			j()
		}
	}
}
