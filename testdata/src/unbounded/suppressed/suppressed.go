// Package suppressed gives reasons.
package suppressed

func resize(in <-chan []byte, out chan<- int) {
	for image := range in {
		go func() { //chanlint:ignore unbounded there are never more than ten
			out <- len(image)
		}()
	}
}

// A reason that is for another pass silences nothing.
func resizeAll(in <-chan []byte, out chan<- int) {
	for image := range in {
		//chanlint:ignore chanleak there are never more than ten
		go func() { // want `each item from in starts a goroutine`
			out <- len(image)
		}()
	}
}
