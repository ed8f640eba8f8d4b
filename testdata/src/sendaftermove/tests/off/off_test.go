package off

func closeTwice(ch chan int) {
	close(ch)
	close(ch)
}
