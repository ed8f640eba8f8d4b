package programs

// serve does each job in a goroutine, and some at a time.
func serve(jobs <-chan int, do func(int)) {
	permits := make(chan struct{}, 2)
	for j := range jobs {
		go func() {
			permits <- struct{}{}
			defer func() { <-permits }()
			do(j)
		}()
	}
}
