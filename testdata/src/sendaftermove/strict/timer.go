package strict

import "time"

// An Alarm is told when it rings.
type Alarm struct{ timer *time.Timer }

// The timer is set long before the function is called that sends.
func set(ready chan *Alarm, d time.Duration) *Alarm {
	a := &Alarm{}
	a.timer = time.AfterFunc(d, func() { ready <- a })
	return a
}

// The goroutine may send before the timer is set.
func setBeside(ready chan *Alarm, d time.Duration) *Alarm {
	a := &Alarm{}
	go func() { ready <- a }() // want `what is sent here is modified \(line \d+\) after it was sent`
	a.timer = time.NewTimer(d)
	return a
}
