package wrong

import (
	"fmt"
	"io"
	"sync"
)

// A printer prints what is added to its list.
type printer struct {
	mu   sync.Mutex
	list []string
	wake chan struct{} // there is something in the list
}

func newPrinter() *printer { return &printer{wake: make(chan struct{}, 1)} }

func (p *printer) add(page string) {
	p.mu.Lock()
	p.list = append(p.list, page)
	p.mu.Unlock()
	select {
	case p.wake <- struct{}{}:
	default: // it knows
	}
}

func (p *printer) run(out io.Writer) {
	for range p.wake {
		p.mu.Lock()
		page := p.list[0]
		p.list = p.list[1:]
		p.mu.Unlock()
		fmt.Fprintln(out, "printed", page)
	}
}

// Wakeups adds three pages while the printer is busy.
func Wakeups(out io.Writer) {
	p := newPrinter()
	for _, page := range []string{"one", "two", "three"} {
		p.add(page)
	}
	close(p.wake)
	p.run(out)
	fmt.Fprintln(out, "never printed:", p.list)
}
