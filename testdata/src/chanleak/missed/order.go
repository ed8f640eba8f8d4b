package missed

import "time"

// Who waits before the run is started waits for ever. Here nobody does, but a program
// may.
type Run struct{ gone, wake chan struct{} }

func NewRun() *Run { return &Run{wake: make(chan struct{}, 1)} }

func (r *Run) Execute() {
	r.gone = make(chan struct{})
	go func() {
		time.Sleep(1)
		close(r.gone)
	}()
}

func (r *Run) Wait() {
	<-r.gone // miss: nil, as long as nobody calls Execute
}
