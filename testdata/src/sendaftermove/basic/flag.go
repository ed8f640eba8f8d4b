package basic

// closeIfStarted closes where the goroutine was started.
func closeIfStarted(async bool, v int) chan int {
	out := make(chan int, 1)
	started := false
	if async {
		started = true
		go func() { out <- v }()
	}
	if started {
		close(out) // want `out is closed while the goroutine started on line 9 may still send on it`
	}
	return out
}

// closeIfNotStarted closes where none was, or leaves it to the goroutine.
func closeIfNotStarted(async bool, v int) chan int {
	out := make(chan int, 1)
	started := false
	if async {
		started = true
		go func() {
			out <- v
			close(out)
		}()
	}
	if !started {
		close(out)
	}
	return out
}

// closeIfOneIsNotStarted has a flag that one of two branches does not set.
func closeIfOneIsNotStarted(deep, wide bool, v int) chan int {
	out := make(chan int, 2)
	started := false
	if deep {
		started = true
		go func() { out <- v }()
	}
	if wide {
		go func() { out <- -v }()
	}
	if !started {
		close(out) // want `out is closed while the goroutine started on line 43 may still send on it`
	}
	return out
}

// closeAfterReset forgets what it has started.
func closeAfterReset(rounds int, v int) chan int {
	out := make(chan int, 1)
	started := false
	for i := range rounds {
		if i == 0 {
			started = true
			go func() { out <- v }()
		}
		if v > i {
			started = false
		}
	}
	if !started {
		close(out) // want `out is closed while the goroutine started on line 58 may still send on it`
	}
	return out
}

// closeByOldFlag asks for what the flag was before.
func closeByOldFlag(v int) (chan int, func() bool) {
	out := make(chan int, 1)
	var started bool
	before := started
	started = true
	go func() { out <- v }()
	if !before {
		close(out) // want `out is closed while the goroutine started on line 76 may still send on it`
	}
	return out, func() bool { return started }
}

type feed struct{ started bool }

func (f *feed) reset() { f.started = false }

// closeAfterCall has the flag changed by a call.
func closeAfterCall(f *feed, v int) chan int {
	out := make(chan int, 1)
	f.started = true
	go func() { out <- v }()
	f.reset()
	if !f.started {
		close(out) // want `out is closed while the goroutine started on line 91 may still send on it`
	}
	return out
}
