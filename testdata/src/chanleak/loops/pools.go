package loops

// A slot that is not taken has no room to be given back.
func consume(in <-chan int, limit int, work func(int)) {
	pool := make(chan struct{}, limit)
	go func() {
		for i := 0; i < limit; i++ {
			pool <- struct{}{}
		}
	}()
	for v := range in {
		if limit > 1 {
			<-pool
		}
		go func() {
			work(v)
			if limit > 0 {
				pool <- struct{}{} // want `^this send on pool blocks for ever once consume returns`
			}
		}()
	}
}
