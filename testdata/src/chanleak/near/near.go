// Package near has what looks like a goroutine left behind, but is not.
package near

import (
	"bufio"
	"context"
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

func fetch(key string) (int, error) { return len(key), nil }

// A constant expression gives the room.
func roomByConstant(ctx context.Context) error {
	const workers = 1
	errs := make(chan error, 2*workers)
	go func() {
		_, err := fetch("a")
		errs <- err
		_, err = fetch("b")
		errs <- err
	}()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The room is that of all keys, whatever their number is called.
func roomByLength(ctx context.Context, keys []string) error {
	n := len(keys)
	errs := make(chan error, n)
	for i := range keys {
		go func() {
			_, err := fetch(keys[i])
			errs <- err
		}()
	}
	for i := 0; i < len(keys); i++ {
		select {
		case err := <-errs:
			if err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// As many are received as were sent.
func sameCount(keys []string) (n int) {
	results := make(chan int)
	for _, key := range keys {
		go func() {
			v, _ := fetch(key)
			results <- v
		}()
	}
	for range keys {
		n += <-results
	}
	return n
}

// As many are received as were sent, which is counted.
func counted(keys map[string]bool) (sum int) {
	results := make(chan int)
	n := 0
	for key, wanted := range keys {
		if !wanted {
			continue
		}
		n++
		go func() {
			v, _ := fetch(key)
			results <- v
		}()
	}
	for i := 0; i < n; i++ {
		sum += <-results
	}
	return sum
}

// The count is a variable that goes down.
func countedDown(keys []string) (sum int) {
	results := make(chan int)
	left := 0
	for _, key := range keys {
		if key == "" {
			continue
		}
		left++
		go func() {
			v, _ := fetch(key)
			results <- v
		}()
	}
	for left > 0 {
		sum += <-results
		left--
	}
	return sum
}

// The sender gives up with the context that the receiver cancels.
func derivedContext(keys []string) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	out := make(chan string)
	go func() {
		for _, key := range keys {
			select {
			case out <- key:
			case <-ctx.Done():
				return
			}
		}
		close(out)
	}()
	for key := range out {
		if _, err := fetch(key); err != nil {
			return err
		}
	}
	return nil
}

// The sender gives up when the receiver closes a channel.
func stopChannel(keys []string) error {
	out, stop := make(chan string), make(chan struct{})
	defer close(stop)
	go func() {
		defer close(out)
		for _, key := range keys {
			select {
			case out <- key:
			case <-stop:
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

// The result is received in any case.
func receivesAfterwards(ctx context.Context) error {
	errs := make(chan error)
	go func() {
		_, err := fetch("a")
		errs <- err
	}()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
		<-errs // wait for it
		return ctx.Err()
	}
}

// What is left is received by a goroutine.
func drained(keys []string) error {
	out := make(chan string)
	go func() {
		defer close(out)
		for _, key := range keys {
			out <- key
		}
	}()
	for key := range out {
		if _, err := fetch(key); err != nil {
			go func() {
				for range out {
				}
			}()
			return err
		}
	}
	return nil
}

// What is left is received by a deferred call.
func drainedByDefer(keys []string) error {
	out := make(chan string)
	go func() {
		defer close(out)
		for _, key := range keys {
			out <- key
		}
	}()
	defer func() {
		for range out {
		}
	}()
	for key := range out {
		if _, err := fetch(key); err != nil {
			return err
		}
	}
	return nil
}

// The channel is only closed.
func onlyClosed(ctx context.Context) error {
	done := make(chan struct{})
	go func() {
		defer close(done)
		fetch("a")
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The same condition starts the goroutine and receives.
func sameCondition(background bool) {
	done := make(chan struct{})
	if background {
		go func() {
			fetch("a")
			done <- struct{}{}
		}()
	}
	fetch("b")
	if background {
		<-done
	}
}

type options struct{ background bool }

// The same field does.
func sameField(o *options) {
	done := make(chan struct{})
	if o.background {
		go func() {
			fetch("a")
			done <- struct{}{}
		}()
	}
	fetch("b")
	if !o.background {
		return
	}
	<-done
}

// After an error the sender stops, and the receiver knows.
func senderStopsToo(keys []string) error {
	errs := make(chan error)
	go func() {
		defer close(errs)
		for _, key := range keys {
			_, err := fetch(key)
			errs <- err
			if err != nil {
				return
			}
		}
	}()
	for err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

type result struct {
	n   int
	err error
}

// After an error the sender stops, and the receiver knows; the error is part
// of what is sent.
func senderStopsWithResult(r *bufio.Reader) (sum int, err error) {
	results := make(chan result)
	go func() {
		for {
			n, err := r.Discard(1)
			results <- result{n, err}
			if err != nil {
				return
			}
		}
	}()
	for {
		res := <-results
		if res.err != nil {
			return sum, res.err
		}
		sum += res.n
	}
}

// The last value says that it is the last.
func sentinel(keys []string) {
	out := make(chan *string)
	go func() {
		for _, key := range keys {
			out <- &key
		}
		out <- nil
	}()
	for {
		key := <-out
		if key == nil {
			return
		}
		fetch(*key)
	}
}

// Callers have the channel.
func returned(keys []string) <-chan string {
	out := make(chan string)
	go func() {
		defer close(out)
		for _, key := range keys {
			out <- key
		}
	}()
	return out
}

// A function that is not known has the channel.
func passedOn(ctx context.Context, receive func(<-chan int)) {
	out := make(chan int)
	go func() { out <- 1 }()
	receive(out)
	select {
	case <-out:
	case <-ctx.Done():
	}
}

// A function that is not known has a literal that uses the channel.
func literalPassedOn(ctx context.Context, each func(func(string))) {
	out := make(chan string)
	go each(func(s string) { out <- s })
	select {
	case <-out:
	case <-ctx.Done():
	}
}

// The result is polled.
func dropped() {
	out := make(chan int)
	go func() {
		n, _ := fetch("a")
		select {
		case out <- n:
		default:
		}
	}()
	select {
	case <-out:
	case <-time.After(time.Second):
	}
}

// The workers end when the jobs are closed, which is deferred.
func pool(keys []string) (sum int) {
	jobs, results := make(chan string), make(chan int, len(keys))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for key := range jobs {
				n, _ := fetch(key)
				results <- n
			}
		})
	}
	for _, key := range keys {
		jobs <- key
	}
	close(jobs)
	wg.Wait()
	close(results)
	for n := range results {
		sum += n
	}
	return sum
}

// It is closed once, by whoever comes first.
func closedOnce(ctx context.Context) {
	done := make(chan struct{})
	var once sync.Once
	stop := func() { once.Do(func() { close(done) }) }
	defer stop()
	go func() {
		<-done
		fetch("a")
	}()
	go func() {
		fetch("b")
		stop()
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

// The wait is for a goroutine that waits for the context too.
func closedByContext(ctx context.Context, r io.ReadCloser) error {
	done := make(chan struct{})
	defer close(done)
	go func() {
		select {
		case <-ctx.Done():
			r.Close()
		case <-done:
		}
	}()
	_, err := io.ReadAll(r)
	return err
}

// A nil error means that there is a result.
func errorOrResult(ctx context.Context) (int, error) {
	results := make(chan int)
	_, err := fetch("a")
	if err == nil {
		go func() { results <- 1 }()
	}
	fetch("b")
	if err != nil {
		return 0, errors.Join(err)
	}
	return <-results, nil
}

// The function never returns, so nobody is left behind.
func serve(r *bufio.Scanner) {
	lines := make(chan string)
	go func() {
		for {
			r.Scan()
			lines <- r.Text()
		}
	}()
	for {
		fetch(<-lines)
	}
}

var errLate = errors.New("late")

// Only the timer sends errLate, so there is a second value to wait for.
func twoSenders(d time.Duration) error {
	errs := make(chan error, 2)
	time.AfterFunc(d, func() { errs <- errLate })
	go func() {
		_, err := fetch("a")
		errs <- err
	}()
	err := <-errs
	if err == errLate {
		<-errs
	}
	return err
}

// Only the timer sends errLate, and there may be no timer.
func perhapsTwoSenders(d time.Duration) error {
	errs := make(chan error, 2)
	if d > 0 {
		time.AfterFunc(d, func() { errs <- errLate })
	}
	go func() {
		_, err := fetch("a")
		errs <- err
	}()
	err := <-errs
	if err == errLate {
		<-errs
	}
	return err
}

// As many are received as are sent, one by one.
func sentOneByOne() error {
	errs := make(chan error)
	go func() { errs <- nil }()
	go func() { errs <- nil }()
	go func() { errs <- nil }()
	go func() { errs <- nil }()
	go func() { errs <- nil }()
	var all error
	for range 5 {
		all = errors.Join(all, <-errs)
	}
	return all
}

// What is sent after a panic is sent instead of the result.
func recovers(ctx context.Context) int {
	results, failed := make(chan int), make(chan bool)
	go func() {
		defer func() {
			if r := recover(); r != nil {
				failed <- true
			}
		}()
		n, _ := fetch("a")
		results <- n
	}()
	select {
	case n := <-results:
		return n
	case <-failed:
		return 0
	}
}

// The last one closes the channel.
func lastCloses(keys []string) {
	done := make(chan struct{})
	var left atomic.Int32
	left.Store(int32(len(keys)))
	for _, key := range keys {
		go func() {
			fetch(key)
			if left.Add(-1) == 0 {
				close(done)
			}
		}()
	}
	<-done
}

// The first one sends, and the others see that.
func firstSends(keys []string) int {
	results := make(chan int)
	var mu sync.Mutex
	sent := false
	for _, key := range keys {
		go func() {
			n, _ := fetch(key)
			mu.Lock()
			defer mu.Unlock()
			if !sent {
				sent = true
				results <- n
			}
		}()
	}
	return <-results
}

// What is waited for is kept in a map.
func remaining(keys []string) (sum int) {
	results := make(chan string)
	left := make(map[string]bool)
	for _, key := range keys {
		if left[key] {
			continue
		}
		left[key] = true
		go func() {
			fetch(key)
			results <- key
		}()
	}
	for {
		key := <-results
		delete(left, key)
		if len(left) == 0 {
			return sum
		}
	}
}

// closeIfLeft closes the channel at the end unless it was closed on the way,
// which the number of results tells.
func closeIfLeft(records []string) (sums []int) {
	var wg sync.WaitGroup
	ch := make(chan string, 4)
	wg.Add(1)
	go func(in <-chan string) {
		defer wg.Done()
		for range in {
		}
	}(ch)
	for _, r := range records {
		if r == "end" {
			if len(sums) == 0 {
				close(ch)
				wg.Wait()
				sums = append(sums, 1)
			}
			continue
		}
		ch <- r
	}
	if len(sums) == 0 {
		close(ch)
		wg.Wait()
	}
	return sums
}
