package tests

func spin(in <-chan int, quit <-chan bool) {
	for {
		select {
		case <-in:
		case <-quit:
			return
		default: // want `this select spins`
			continue
		}
	}
}
