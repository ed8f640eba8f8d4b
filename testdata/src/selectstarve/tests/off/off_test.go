package off

func spin(in <-chan int, quit <-chan bool) {
	for {
		select {
		case <-in:
		case <-quit:
			return
		default: // not reported without -tests
			continue
		}
	}
}
