// Package suppressed has mistakes that are meant.
package suppressed

func closeTwice(ch chan int) {
	close(ch)
	close(ch) //chanlint:ignore sendaftermove it shall panic
}

//nolint:sendaftermove // it shall panic
func sendAfterClose(ch chan int) {
	close(ch)
	ch <- 1
}

func notSilenced(ch chan int) {
	close(ch)
	ch <- 1 // want `ch is sent on after the close on line 16`
}
