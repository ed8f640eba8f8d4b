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

// A reason that is for another pass silences nothing.
func countAgain(n int, work func()) {
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
		//chanlint:ignore lockacrossblock no lock is held
		<-done // want `this loop counts the items of done`
	}
}
