package fix

// A value that nobody looks at is no more than a wake-up.
type ticket struct{ sold chan bool }

func newTicket(count func()) *ticket {
	t := &ticket{sold: make(chan bool)}
	go t.run(count)
	return t
}

func (t *ticket) sell() {
	select {
	case t.sold <- true: // want `this wake-up on t.sold is lost unless a receiver waits at this moment`
	default:
	}
}

func (t *ticket) run(count func()) {
	for range t.sold {
		count()
	}
}

// What is looked at is an offer, which may be declined.
type offer struct{ price chan int }

func newOffer(buy func(int)) *offer {
	o := &offer{price: make(chan int)}
	go o.run(buy)
	return o
}

func (o *offer) make(n int) {
	select {
	case o.price <- n:
	default:
	}
}

func (o *offer) run(buy func(int)) {
	for n := range o.price {
		buy(n)
	}
}
