package near

import (
	"log"
	"os"
	"time"
)

// An idle timeout that ends the loop is meant to start anew.
func idleTimeout(in <-chan int, interval time.Duration) {
	for {
		select {
		case v := <-in:
			handle(v)
		case <-time.After(interval):
			return
		}
	}
}

// So is a pause after which what was collected is written.
func debounce(in <-chan int, debounceInterval time.Duration) {
	var got []int
	for {
		select {
		case v := <-in:
			got = append(got, v)
		case <-time.After(debounceInterval):
			log.Print(got)
			got = nil
		}
	}
}

// The other case ends the loop.
func otherEnds(quit <-chan bool, interval time.Duration) {
	for {
		select {
		case <-quit:
			return
		case <-time.After(interval):
			log.Print("tick")
		}
	}
}

// The other case is a stop, also if it is looked at elsewhere.
func otherStops(quit chan struct{}, interval time.Duration) {
	defer close(quit)
	for n := 0; n < 10; {
		select {
		case <-quit:
			n = 10
		case <-time.After(interval):
			log.Print("tick")
			n++
		}
	}
}

// The timer is kept until it has fired.
func kept(in <-chan int, interval time.Duration) {
	var tick <-chan time.Time
	for {
		if tick == nil {
			tick = time.After(interval)
		}
		select {
		case v := <-in:
			handle(v)
		case <-tick:
			log.Print("tick")
			tick = nil
		}
	}
}

// What is left of the interval is computed.
func remaining(in <-chan int, interval time.Duration) {
	next := time.Now().Add(interval)
	for {
		select {
		case v := <-in:
			handle(v)
		case <-time.After(time.Until(next)):
			log.Print("tick")
			next = next.Add(interval)
		}
	}
}

// The interval grows when nothing happens.
func grows(in <-chan int, interval time.Duration) {
	for {
		select {
		case v := <-in:
			handle(v)
		case <-time.After(interval):
			log.Print("tick")
			interval *= 2
		}
	}
}

// A signal, a wake-up and a request come now and then.
func seldom(hup <-chan os.Signal, wake chan struct{}, ask chan chan error, interval time.Duration) {
	for {
		select {
		case <-hup:
			log.Print("reload")
		case <-wake:
			log.Print("reload")
		case answer := <-ask:
			answer <- nil
		case <-time.After(interval):
			log.Print("reload")
		}
	}
}

// What is left in a timer that was stopped too late is thrown away.
func retries(in <-chan bool, deliver func()) {
	for {
		deliver()
		timer := time.NewTimer(time.Second)
		select {
		case ok := <-in:
			if !timer.Stop() {
				select {
				case <-timer.C:
				default:
				}
			}
			if ok {
				return
			}
		case <-timer.C:
		}
	}
}

// The time passes between.
func late(deliver func()) {
	for {
		timer := time.NewTimer(time.Second)
		deliver()
		select {
		case <-timer.C:
			log.Print("slow")
		default:
		}
	}
}
