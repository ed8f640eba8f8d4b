package near

// A pool of slots, if there is a limit: who asks twice whether there is gets the
// same answer.
func consume(in <-chan int, limit int, work func(int) error) error {
	errs := make(chan error, 1)
	pool := make(chan struct{}, limit)
	go func() {
		for i := 0; i < limit; i++ {
			pool <- struct{}{}
		}
	}()
	for {
		select {
		case err := <-errs:
			return err
		case v, ok := <-in:
			if !ok {
				return nil
			}
			if limit > 0 {
				<-pool
			}
			go func() {
				if err := work(v); err != nil {
					select {
					case errs <- err:
					default:
					}
				}
				if limit > 0 {
					pool <- struct{}{}
				}
			}()
		}
	}
}
