package basic

import "log"

type ring struct{}

// newRing overwrites what is not read in time, and tells alert how much.
//
//chanlint:lagsignal alert
func newRing(size int, alert func(missed int)) *ring { return &ring{} }

type producer struct{}

// SendAsync sends in the background.
//
//chanlint:lagsignal done
func (*producer) SendAsync(value string, done func(id int, err error)) {}

func handlerNil() *ring {
	return newRing(100, nil) // want `^the handler passed to newRing is nil, so nobody is told of what was lost; pass one that counts or logs$`
}

func handlerCounts(missed *int) *ring {
	return newRing(100, func(n int) { *missed += n })
}

func handlerEmpty() *ring {
	return newRing(100, func(int) {}) // want `the handler passed to newRing ignores what it is told of what was lost; count it, log it or resynchronize`
}

func handlerBlank(p *producer) {
	p.SendAsync("a", func(id int, _ error) { // want `the handler passed to p.SendAsync ignores what it is told`
		log.Print("sent ", id)
	})
}

func handlerUnused(p *producer) {
	p.SendAsync("a", func(id int, err error) { // want `the handler passed to p.SendAsync ignores what it is told`
		log.Print("sent ", id)
	})
}

func handlerLooks(p *producer) {
	p.SendAsync("a", func(id int, err error) {
		if err != nil {
			log.Print("not sent: ", err)
		}
	})
}

func handlerNamed(p *producer, done func(int, error)) { p.SendAsync("a", done) }
