package strict

// The high channel is looked at, but not while waiting.

func forgets(urgent, rest <-chan int, quit <-chan bool) {
	for {
		select {
		case v := <-urgent:
			handle(v)
			continue
		default:
		}
		select {
		case v := <-rest: // want `^urgent goes first \(line 7\), but this wait for rest leaves it out; add a case for it$`
			handle(v)
		case <-quit:
			return
		}
	}
}

func forgetsNested(urgent, rest <-chan int) {
	for {
		select {
		case v := <-urgent:
			handle(v)
		default:
			handle(<-rest) // want `urgent goes first`
		}
	}
}

func forgetsNestedFixed(urgent, rest <-chan int) {
	for {
		select {
		case v := <-urgent:
			handle(v)
		default:
			select {
			case v := <-urgent:
				handle(v)
			case v := <-rest:
				handle(v)
			}
		}
	}
}
