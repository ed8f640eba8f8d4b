package programs

import (
	"context"
	"time"
)

// A feed is closed when all is read.
type feed struct{ lines chan string }

func (f *feed) read(from []string) {
	for _, line := range from {
		f.lines <- line
	}
	close(f.lines)
}

func (f *feed) store(ctx context.Context, put func(string)) {
	for {
		select {
		case line := <-f.lines:
			put(line)
		case <-ctx.Done():
			return
		}
	}
}

func storeLines(lines <-chan string, flush <-chan bool, put func(string)) {
	for {
		select {
		case line, ok := <-lines:
			if !ok {
				break
			}
			put(line)
		case <-flush:
			put("\n")
		}
	}
}

func poll(lines <-chan string, quit <-chan bool, put func(string)) {
	for {
		select {
		case line := <-lines:
			put(line)
		case <-quit:
			return
		default:
			continue
		}
	}
}

func count(in <-chan int, interval time.Duration, quit <-chan bool, show func(int)) {
	n := 0
	for {
		select {
		case v := <-in:
			n += v
		case <-time.After(interval):
			show(n)
		case <-quit:
			return
		}
	}
}

func inOrder(ctx context.Context, highJobs, lowJobs <-chan int, do func(int)) error {
	for {
		select {
		case job := <-highJobs:
			do(job)
		case job := <-lowJobs:
			do(job)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func urgentFirst(urgent, rest <-chan int, quit <-chan bool, do func(int)) {
	for {
		select {
		case job := <-urgent:
			do(job)
			continue
		default:
		}
		select {
		case job := <-rest:
			do(job)
		case <-quit:
			return
		}
	}
}

func retry(ctx context.Context, try func() bool) {
	for {
		select {
		case <-ctx.Done():
			return
		default:
		}
		if try() {
			return
		}
		time.Sleep(time.Minute)
	}
}

func urgentOrNormal(ctx context.Context, urgent <-chan string, normal <-chan int, do func(string), work func(int)) {
	//chanlint:priority urgent > normal
	for {
		select {
		case s := <-urgent:
			do(s)
		case n := <-normal:
			work(n)
		case <-ctx.Done():
			return
		}
	}
}

func drain(ctx context.Context, in <-chan int) (n int) {
	func() {
		for {
			select {
			case <-in:
				n++
			case <-ctx.Done():
			}
		}
	}()
	return n
}

func sumUntil(in <-chan int, quit <-chan bool) (n int) {
	for {
		select {
		case v, ok := <-in:
			if ok {
				n += v
			}
		case <-quit:
			return n
		}
	}
}
