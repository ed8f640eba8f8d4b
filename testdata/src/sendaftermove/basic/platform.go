//go:build linux || !linux

package basic

// A valve may be declared otherwise elsewhere, so no fix is offered.
type valve struct {
	open chan struct{}
}

func (v *valve) turn() {
	select {
	case <-v.open:
	default:
		close(v.open) // want `v.open may be closed by two callers of turn at once`
	}
}

func (v *valve) await(signal <-chan bool) {
	go func() {
		<-signal
		v.turn()
	}()
	v.turn()
}
