package near

import "context"

// A permit is out for each message that was passed on, so that there is one to
// take back when one is delivered.
func countsDelivered(ctx context.Context, n int, in <-chan string, delivered <-chan bool, pass func(string)) {
	permits := make(chan struct{}, n)
	for {
		select {
		case <-ctx.Done():
			return
		case ok := <-delivered:
			if ok {
				<-permits
			}
		case permits <- struct{}{}:
			select {
			case <-ctx.Done():
				return
			case ok := <-delivered:
				if ok {
					<-permits
					<-permits
				}
			case s := <-in:
				pass(s)
			}
		}
	}
}

// The same in a goroutine.
func startsCounting(ctx context.Context, n int, in <-chan string, delivered <-chan bool, pass func(string)) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		countsDelivered(ctx, n, in, delivered, pass)
	}()
	return func() {
		cancel()
		<-done
	}
}
