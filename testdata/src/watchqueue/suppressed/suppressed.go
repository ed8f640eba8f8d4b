// Package suppressed gives reasons.
package suppressed

func count(n int, work func()) {
	done := make(chan struct{}, 1)
	for range n {
		go func() {
			work()
			select {
			case done <- struct{}{}:
			default:
			}
		}()
	}
	for range n {
		<-done //chanlint:ignore watchqueue work takes turns, so that no two end at the same time
	}
}
