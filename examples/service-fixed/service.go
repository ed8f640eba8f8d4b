package main

import (
	"context"
	"errors"
	"maps"
	"sync"
)

// queueSize is how many requests may wait for the loop. A client that finds
// the queue full waits, which is the backpressure of the service.
const queueSize = 64

// Reasons for which an order is refused.
var (
	errStopped    = errors.New("service is stopped")
	errInvalid    = errors.New("count is not positive")
	errTooLarge   = errors.New("count is above the limit")
	errOutOfStock = errors.New("out of stock")
	errBusy       = errors.New("too many undelivered orders")
)

// An order asks for a number of pieces of an item.
type order struct {
	Item  string `json:"item"`
	Count int    `json:"count"`
}

// A receipt confirms an order.
type receipt struct {
	ID   int `json:"id"`
	Left int `json:"left"`
}

// A request is an order and the channel for its one response. The channel has
// room for it, so that the loop never waits for a client.
type request struct {
	order order
	reply chan response
}

// A response carries a receipt or the reason why there is none.
type response struct {
	receipt receipt
	err     error
}

// A report is what the service says about itself.
type report struct {
	Stock       map[string]int `json:"stock"`
	Accepted    int            `json:"accepted"`
	Refused     int            `json:"refused"`
	Pending     int            `json:"pending"`
	Delivered   int            `json:"delivered"`
	Subscribers int            `json:"subscribers"`
	Lost        int            `json:"lost"`
}

// A service takes orders out of a stock. One goroutine, the loop, owns the
// stock; everybody else talks to it over channels.
type service struct {
	requests chan request
	queries  chan chan map[string]int
	quit     chan struct{} // closed by stop
	done     chan struct{} // closed when the loop has answered its last request
	wg       sync.WaitGroup

	events   *bus
	settings *settings
	health   *health
	outbox   *outbox

	mu       sync.Mutex
	accepted int
	refused  int
	stopped  bool
}

// start returns a running service. It hands the accepted orders to deliver,
// in batches, from one goroutine.
func start(stock map[string]int, deliver func([]order) error) *service {
	h := newHealth()
	s := &service{
		requests: make(chan request, queueSize),
		queries:  make(chan chan map[string]int),
		quit:     make(chan struct{}),
		done:     make(chan struct{}),
		events:   newBus(),
		settings: newSettings(limits{MaxCount: 10}),
		health:   h,
		outbox:   newOutbox(deliver, h),
	}
	changes := s.settings.watch()
	s.wg.Go(func() { s.loop(maps.Clone(stock), changes) })
	s.wg.Go(func() { s.outbox.run(s.done) })
	s.health.set(statusUp)
	return s
}

// stop answers the requests that are queued, delivers what was accepted and
// returns when all goroutines of the service have ended.
func (s *service) stop() {
	s.mu.Lock()
	if !s.stopped {
		s.stopped = true
		s.health.set(statusStopping)
		close(s.quit)
	}
	s.mu.Unlock()
	s.wg.Wait()
}

// submit places an order and waits for the response. If ctx ends first, the
// order may be carried out all the same.
func (s *service) submit(ctx context.Context, o order) (receipt, error) {
	select {
	case <-s.quit:
		return receipt{}, errStopped
	default:
	}
	req := request{order: o, reply: make(chan response, 1)}
	select {
	case s.requests <- req:
	case <-s.quit:
		return receipt{}, errStopped
	case <-ctx.Done():
		return receipt{}, ctx.Err()
	}
	select {
	case res := <-req.reply:
		return res.receipt, res.err
	case <-ctx.Done():
		return receipt{}, ctx.Err()
	case <-s.done:
	}
	// The loop has ended, with our request answered or left in the queue.
	select {
	case res := <-req.reply:
		return res.receipt, res.err
	default:
		return receipt{}, errStopped
	}
}

// report returns the counters and the stock.
func (s *service) report() (report, error) {
	stock, err := s.stock()
	if err != nil {
		return report{}, err
	}
	pending, delivered := s.outbox.counts()
	s.mu.Lock()
	defer s.mu.Unlock()
	return report{
		Stock:       stock,
		Accepted:    s.accepted,
		Refused:     s.refused,
		Pending:     pending,
		Delivered:   delivered,
		Subscribers: s.events.count(),
		Lost:        s.events.lost(),
	}, nil
}

// stock asks the loop for a copy of the stock.
func (s *service) stock() (map[string]int, error) {
	reply := make(chan map[string]int, 1)
	select {
	case s.queries <- reply:
		return <-reply, nil
	case <-s.done:
		return nil, errStopped
	}
}

// loop serves requests, queries and changes of the settings until stop.
func (s *service) loop(stock map[string]int, changes chan struct{}) {
	defer close(s.done)
	defer s.events.close()
	defer s.settings.unwatch(changes)
	lim := s.settings.current()
	for {
		select {
		case req := <-s.requests:
			s.handle(req, lim, stock)
		case reply := <-s.queries:
			reply <- maps.Clone(stock)
		case <-changes:
			lim = s.settings.current()
		case <-s.quit:
			s.drain(lim, stock)
			return
		}
	}
}

// drain answers the requests that were queued before stop.
func (s *service) drain(lim limits, stock map[string]int) {
	for {
		select {
		case req := <-s.requests:
			s.handle(req, lim, stock)
		default:
			return
		}
	}
}

// handle counts a request, answers it and tells the subscribers.
func (s *service) handle(req request, lim limits, stock map[string]int) {
	err := s.take(req.order, lim, stock)
	s.mu.Lock()
	if err == nil {
		s.accepted++
	} else {
		s.refused++
	}
	id := s.accepted
	s.mu.Unlock()
	if err != nil {
		req.reply <- response{err: err}
		return
	}
	req.reply <- response{receipt: receipt{ID: id, Left: stock[req.order.Item]}}
	s.events.publish(event{ID: id, Order: req.order})
}

// take moves an order from the stock to the outbox.
func (s *service) take(o order, lim limits, stock map[string]int) error {
	switch {
	case o.Count <= 0:
		return errInvalid
	case o.Count > lim.MaxCount:
		return errTooLarge
	case o.Count > stock[o.Item]:
		return errOutOfStock
	case !s.outbox.add(o):
		return errBusy
	}
	stock[o.Item] -= o.Count
	return nil
}
