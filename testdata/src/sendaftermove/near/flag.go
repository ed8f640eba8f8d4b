package near

import "sync"

// closeIfNotStarted: the branch that starts the goroutine sets the flag, and who
// starts it closes.
func closeIfNotStarted(deep, wide bool, list func(func(int))) chan int {
	found := make(chan int, 8)
	var wg sync.WaitGroup
	started := false
	if deep && !wide {
		started = true
		wg.Go(func() {
			list(func(v int) { found <- v })
			close(found)
		})
	}
	if wide {
		started = true
		wg.Go(func() {
			found <- 0
			close(found)
		})
	}
	if !started {
		close(found)
	}
	return found
}

// closeOtherwise asks the same once more.
func closeOtherwise(async bool, v int) chan int {
	out := make(chan int, 1)
	if async {
		go func() {
			out <- v
			close(out)
		}()
	}
	if !async {
		close(out)
	}
	return out
}

// deferOtherwise leaves the close to the end, if it is its own.
func deferOtherwise(async bool, v int) {
	out := make(chan int, 1)
	if !async {
		defer close(out)
	}
	if async {
		go func() {
			out <- v
			close(out)
		}()
	}
}

type mode struct{ async bool }

// closeByMode asks a field, and a call in between does not change it.
func closeByMode(m *mode, v int, note func(string)) chan int {
	out := make(chan int, 1)
	if m.async {
		go func() {
			out <- v
			close(out)
		}()
	}
	print(len(out))
	if !m.async {
		close(out)
	}
	return out
}

// closeByCapturedFlag keeps the flag in memory.
func closeByCapturedFlag(async bool, v int) (chan int, func() bool) {
	out := make(chan int, 1)
	var started bool
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
	return out, func() bool { return started }
}

// closeByCount counts what it starts.
func closeByCount(async bool, v int) chan int {
	out := make(chan int, 1)
	started := 0
	if async {
		started = 1
		go func() {
			out <- v
			close(out)
		}()
	}
	if started == 0 {
		close(out)
	}
	return out
}

// closeByKind compares the same with the same.
func closeByKind(kind string, v int) chan int {
	out := make(chan int, 1)
	if kind != "none" {
		go func() {
			out <- v
			close(out)
		}()
	}
	if kind == "none" {
		close(out)
	}
	return out
}

// waitIfStarted waits for what it has started.
func waitIfStarted(async bool, v int) chan int {
	out, done := make(chan int, 1), make(chan struct{})
	started := false
	if async {
		started = true
		go func() {
			out <- v
			close(done)
		}()
	}
	if started {
		<-done
	}
	close(out)
	return out
}
