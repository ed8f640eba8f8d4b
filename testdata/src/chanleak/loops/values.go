package loops

import "sync"

// The receiver leaves by a value that the sender thinks nothing of.
func leavesByValue(in []int) (sum int) {
	src, mid := make(chan int), make(chan int)
	go func() {
		defer close(src)
		for _, v := range in {
			src <- v // want `this send on src blocks for ever once its receiver leaves \(line 17\)`
		}
	}()
	go func() {
		defer close(mid)
		for v := range src {
			if v < 0 {
				return
			}
			mid <- v * 2
		}
	}()
	for v := range mid {
		sum += v
	}
	return sum
}

func leavesByValueDrained(in []int) (sum int) {
	src, mid := make(chan int), make(chan int)
	go func() {
		defer close(src)
		for _, v := range in {
			src <- v
		}
	}()
	go func() {
		defer close(mid)
		for v := range src {
			if v < 0 {
				break
			}
			mid <- v * 2
		}
		for range src {
		}
	}()
	for v := range mid {
		sum += v
	}
	return sum
}

// The sender asks whether there is a next value, not what it has sent.
func leavesBeforeTheNext(next func() (int, bool)) (sum int) {
	src := make(chan int)
	go func() {
		defer close(src)
		for {
			v, ok := next()
			if !ok {
				return
			}
			src <- v // want `this send on src blocks for ever once leavesBeforeTheNext returns early`
		}
	}()
	for v := range src {
		if v < 0 {
			return 0
		}
		sum += v
	}
	return sum
}

// The sender knows what its receiver does with the value.
func bothKnow(next func() (int, bool)) (sum int) {
	src := make(chan int)
	go func() {
		defer close(src)
		for {
			v, ok := next()
			if !ok {
				return
			}
			src <- v
			if v < 0 {
				return
			}
		}
	}()
	for v := range src {
		if v < 0 {
			return 0
		}
		sum += v
	}
	return sum
}

// A loop that counts, and does not end by it.
func countsOn() int {
	work, done := make(chan int), make(chan struct{})
	go func() {
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			default:
			}
			work <- i // want `this send on work blocks for ever once countsOn returns`
		}
	}()
	n := <-work
	close(done)
	return n
}

func countsOnInASelect() int {
	work, done := make(chan int), make(chan struct{})
	go func() {
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			case work <- i:
			}
		}
	}()
	n := <-work
	close(done)
	return n
}

// Two numbers that have nothing to do with each other: of workers, and of jobs.
func neverClosed(jobs []int, n int) (sum int) {
	in, out := make(chan int), make(chan int)
	for range n {
		go func() {
			for j := range in {
				out <- j * j
			}
		}()
	}
	go func() {
		for _, j := range jobs {
			in <- j
		}
		close(in)
	}()
	for v := range out { // want `this range loop over out blocks for ever once its sender leaves`
		sum += v
	}
	return sum
}

func closedByTheLast(jobs []int, n int) (sum int) {
	in, out := make(chan int), make(chan int)
	var workers sync.WaitGroup
	for range n {
		workers.Go(func() {
			for j := range in {
				out <- j * j
			}
		})
	}
	go func() {
		for _, j := range jobs {
			in <- j
		}
		close(in)
		workers.Wait()
		close(out)
	}()
	for v := range out {
		sum += v
	}
	return sum
}

// There may be as many of the one as of the other.
func asManyAnswers(questions []int, answers int) {
	out := make(chan int)
	for _, q := range questions {
		go func() { out <- q }()
	}
	for range answers {
		<-out
	}
}
