// Package basic has goroutines that can be left blocked for ever, each with
// its fixed twin.
package basic

import (
	"context"
	"errors"
	"sync"
	"time"
)

var errTimeout = errors.New("timeout")

func work() (int, error) { return 0, nil }

func fetch(key string) (int, error) { return len(key), nil }

// The result is raced with a timer.
func oneShot(d time.Duration) (int, error) {
	results := make(chan int)
	go func() {
		v, _ := work()
		results <- v // want `^this send on results blocks for ever once oneShot leaves \(line 28\); make results with capacity 1$`
	}()
	select {
	case v := <-results:
		return v, nil
	case <-time.After(d):
		return 0, errTimeout
	}
}

func oneShotFixed(d time.Duration) (int, error) {
	results := make(chan int, 1)
	go func() {
		v, _ := work()
		results <- v
	}()
	select {
	case v := <-results:
		return v, nil
	case <-time.After(d):
		return 0, errTimeout
	}
}

// The result is raced with the caller's context.
func oneShotContext(ctx context.Context) error {
	errc := make(chan error)
	go func() {
		_, err := work()
		errc <- err // want `this send on errc blocks for ever once oneShotContext leaves \(line \d+\); make errc with capacity 1`
	}()
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The channel is a parameter of the function that is started.
func oneShotParameter(ctx context.Context) error {
	errc := make(chan error)
	go deliver(errc)
	select {
	case err := <-errc:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func deliver(to chan<- error) {
	_, err := work()
	to <- err // want `this send on to blocks for ever once oneShotParameter leaves \(line \d+\); make the channel with capacity 1`
}

// Two channels, of which one is received from.
func valueOrError(ctx context.Context) (int, error) {
	values, errs := make(chan int), make(chan error)
	go func() {
		v, err := work()
		if err != nil {
			errs <- err // want `this send on errs blocks for ever`
			return
		}
		values <- v // want `this send on values blocks for ever`
	}()
	select {
	case v := <-values:
		return v, nil
	case err := <-errs:
		return 0, err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// The first error ends the wait for the others.
func firstError(keys []string) error {
	errs := make(chan error)
	for _, key := range keys {
		go func() {
			_, err := fetch(key)
			errs <- err // want `^this send on errs blocks for ever once firstError returns early \(line \d+\); make errs with room for every send$`
		}()
	}
	for range keys {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

func firstErrorFixed(keys []string) error {
	errs := make(chan error, len(keys))
	for _, key := range keys {
		go func() {
			_, err := fetch(key)
			errs <- err
		}()
	}
	for range keys {
		if err := <-errs; err != nil {
			return err
		}
	}
	return nil
}

// Room for one, but two are sent.
func twoSends(ctx context.Context) error {
	errs := make(chan error, 1)
	go func() {
		_, err := work()
		errs <- err
		_, err = fetch("again")
		errs <- err // want `this send on errs blocks for ever once twoSends leaves`
	}()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The producer is left behind by an error in the middle.
func abandonedProducer(keys []string) error {
	out := make(chan string)
	go func() {
		defer close(out)
		for _, key := range keys {
			out <- key // want `this send on out blocks for ever once abandonedProducer returns early \(line \d+\); make out with room for every send`
		}
	}()
	for key := range out {
		if _, err := fetch(key); err != nil {
			return err
		}
	}
	return nil
}

func abandonedProducerFixed(ctx context.Context, keys []string) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	out := make(chan string)
	go func() {
		defer close(out)
		for _, key := range keys {
			select {
			case out <- key:
			case <-ctx.Done():
				return
			}
		}
	}()
	for key := range out {
		if _, err := fetch(key); err != nil {
			return err
		}
	}
	return nil
}

// One path does not answer.
func missingAnswer() int {
	answer := make(chan int)
	go func() {
		v, err := work()
		if err != nil {
			return
		}
		answer <- v
	}()
	return <-answer // want `^this receive from answer blocks for ever once its sender leaves \(line 194\); close answer on every path$`
}

func missingAnswerFixed() int {
	answer := make(chan int)
	go func() {
		defer close(answer)
		v, err := work()
		if err != nil {
			return
		}
		answer <- v
	}()
	return <-answer
}

// The workers wait for the function, which waits for them.
func waitBeforeReceive(keys []string) (n int) {
	results := make(chan int)
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			v, _ := fetch(key)
			results <- v // want `^this send on results can block for ever, because waitBeforeReceive waits too \(line \d+\); make results with room for every send$`
		}()
	}
	wg.Wait()
	close(results)
	for v := range results {
		n += v
	}
	return n
}

func waitBeforeReceiveFixed(keys []string) (n int) {
	results := make(chan int)
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			v, _ := fetch(key)
			results <- v
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	for v := range results {
		n += v
	}
	return n
}

// The range loop waits for a close that one path leaves out.
func missingClose(keys []string) {
	out := make(chan string)
	go func() {
		for key := range out { // want `this range loop over out blocks for ever once missingClose returns early \(line \d+\), nobody is left to end it; close out on every path`
			fetch(key)
		}
	}()
	for _, key := range keys {
		if _, err := fetch(key); err != nil {
			return
		}
		out <- key
	}
	close(out)
}

func missingCloseFixed(keys []string) {
	out := make(chan string)
	defer close(out)
	go func() {
		for key := range out {
			fetch(key)
		}
	}()
	for _, key := range keys {
		if _, err := fetch(key); err != nil {
			return
		}
		out <- key
	}
}

// The second error has no room, so the function waits for ever.
func waitWithoutRoom(keys [2]string) error {
	errs := make(chan error, 1)
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Go(func() {
			if _, err := fetch(key); err != nil {
				errs <- err // want `this send on errs can block for ever, because waitWithoutRoom waits too \(line \d+\); make errs with room for every send`
			}
		})
	}
	wg.Wait()
	select {
	case err := <-errs:
		return err
	default:
		return nil
	}
}

// One way of the loop goes on after the error, for which there is room once.
func goesOnAfterError(keys []string) (sum int, err error) {
	results, errs := make(chan int, 10), make(chan error, 1)
	go func() {
		defer close(results)
		for _, key := range keys {
			n, err := fetch(key)
			if err != nil {
				errs <- err // want `this send on errs can block for ever, because goesOnAfterError waits too \(line \d+\); make errs with room for every send`
			}
			results <- n
		}
	}()
	for n := range results {
		sum += n
	}
	select {
	case err := <-errs:
		return 0, err
	default:
		return sum, nil
	}
}

// A timer sends when the loop has ended.
func lateTimer(stop <-chan struct{}) {
	retry := make(chan struct{})
	for {
		if _, err := work(); err != nil {
			time.AfterFunc(time.Minute, func() {
				retry <- struct{}{} // want `this send on retry blocks for ever once lateTimer leaves \(line \d+\)`
			})
		}
		select {
		case <-retry:
		case <-stop:
			return
		}
	}
}
