// Package suppressed gives reasons.
package suppressed

import "time"

func ask(f func() int) int {
	answers := make(chan int)
	go func() {
		answers <- f() //chanlint:ignore chanleak f ends the program when it is late
	}()
	select {
	case v := <-answers:
		return v
	case <-time.After(time.Second):
		return 0
	}
}
