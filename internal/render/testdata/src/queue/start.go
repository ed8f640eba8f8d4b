package queue

func Start() {
	done := make(chan bool)
	go func() { done <- true }()
	if <-done {
		return
	}
}
