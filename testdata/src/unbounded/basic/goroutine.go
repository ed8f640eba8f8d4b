package basic

import (
	"net"
	"sync"
)

type pipeline struct {
	in  chan event
	out chan event
}

func work(e event) event { return e }

// The goroutines that wait for room in out are a queue without a limit.
func (p *pipeline) run() {
	for e := range p.in {
		go func() { // want `^each item from p\.in starts a goroutine that may block on a send \(line 19\), however many wait there; limit them with a semaphore or errgroup\.SetLimit$`
			p.out <- work(e)
		}()
	}
}

func (p *pipeline) runSelect(stop chan struct{}) {
	for {
		select {
		case e := <-p.in:
			go p.handle(e) // want `each item from p\.in starts a goroutine that may block on a send \(line 36\)`
		case <-stop:
			return
		}
	}
}

func (p *pipeline) handle(e event) {
	p.out <- work(e)
}

// The permit is for the goroutine, but it exists already.
func (p *pipeline) runPermit() {
	permits := make(chan struct{}, 8)
	for e := range p.in {
		go func() { // want `each item from p\.in starts a goroutine that waits for a permit \(line 44\), however many wait there; get the permit before the go statement`
			permits <- struct{}{}
			defer func() { <-permits }()
			work(e)
		}()
	}
}

// The items come from the network.
func (p *pipeline) runPackets(conn *net.UDPConn) error {
	for {
		packet := make([]byte, 1500)
		n, _, err := conn.ReadFrom(packet)
		if err != nil {
			return err
		}
		go func() { // want `each item from conn starts a goroutine that may block on a send`
			p.out <- event{body: string(packet[:n])}
		}()
	}
}

func (p *pipeline) runPermitFixed() {
	permits := make(chan struct{}, 8)
	for e := range p.in {
		permits <- struct{}{}
		go func() {
			defer func() { <-permits }()
			p.out <- work(e)
		}()
	}
}

func (p *pipeline) runWorkers() {
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for e := range p.in {
				p.out <- work(e)
			}
		})
	}
	wg.Wait()
}

// A comment is in the way, so no fix is offered.
func (p *pipeline) runPermitExplained() {
	permits := make(chan struct{}, 8)
	for e := range p.in {
		go func() { // want `each item from p\.in starts a goroutine that waits for a permit`
			permits <- struct{}{} // it is given back below
			defer func() { <-permits }()
			work(e)
		}()
	}
}

// A connection for each goroutine, and what they bring has to wait.
func serveInTurn(l net.Listener, lines chan<- event, read func(net.Conn) event) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go func() { lines <- read(conn) }() // want `each item from l starts a goroutine that may block on a send`
	}
}

func serveFixed(l net.Listener, lines chan<- event, read func(net.Conn) event) error {
	permits := make(chan struct{}, 100)
	for {
		permits <- struct{}{}
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go func() {
			defer func() { <-permits }()
			lines <- read(conn)
		}()
	}
}
