package near

import (
	"fmt"
	"sync"
)

type poolJob struct {
	name string
	opts *int
}

// There is room for a result of each job, so that workers end also if nobody
// receives the rest. What is done with a job that was received does not lead to
// the channel of jobs.
func pooled(jobs []poolJob, workers int, fatal func(int) bool) (sum int) {
	total := len(jobs)
	todo := make(chan poolJob, total)
	results := make(chan int, total)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range todo {
				results <- poolWork(j)
			}
		}()
	}
	go func() {
		for _, j := range jobs {
			todo <- j
		}
		close(todo)
	}()
	go func() {
		wg.Wait()
		close(results)
	}()
	for r := range results {
		if fatal(r) {
			return 0
		}
		sum += r
	}
	return sum
}

func poolWork(j poolJob) int {
	poolNote(&j)
	return len(j.name)
}

var poolNote = func(j *poolJob) { fmt.Println(j.name) }
