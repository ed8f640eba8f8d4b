package near

// The number of rounds is counted in a variable that the goroutine captures.
func countedRounds(results []int) int {
	ch := make(chan int)
	n := 0
	var sent int
	go func() {
		for {
			sent++
			if sent > len(results) {
				break
			}
			ch <- results[sent-1]
		}
		close(ch)
	}()
	for v := range ch {
		n += v
	}
	return n
}

// The same with a conversion, and a slice that is cut.
func convertedRounds(results []int) {
	ch := make(chan int)
	var sent, kept int
	rest := results
	go func() {
		for {
			sent = int(int32(sent))
			rest = rest[1:]
			kept = kept*2 + 1
			if sent > 3 || kept > 3 || len(rest) == 0 {
				break
			}
			ch <- 1
		}
		close(ch)
	}()
	for range ch {
	}
	_, _ = sent, kept
}
