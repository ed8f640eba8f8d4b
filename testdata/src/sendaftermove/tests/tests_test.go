package tests

func closeTwice(ch chan int) {
	close(ch)
	close(ch) // want `ch is closed again after the close on line 4`
}
