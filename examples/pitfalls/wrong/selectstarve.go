package wrong

import (
	"fmt"
	"io"
)

// dispatch does jobs until both channels are closed.
func dispatch(urgentJobs, normalJobs <-chan string, do func(string)) {
	for urgentJobs != nil || normalJobs != nil {
		select {
		case job, ok := <-urgentJobs:
			if !ok {
				urgentJobs = nil
				continue
			}
			do(job)
		case job, ok := <-normalJobs:
			if !ok {
				normalJobs = nil
				continue
			}
			do(job)
		}
	}
}

// Select dispatches a hundred urgent jobs and as many that are not.
func Select(out io.Writer) {
	urgent, normal := make(chan string, 100), make(chan string, 100)
	for range cap(urgent) {
		urgent <- "urgent"
		normal <- "normal"
	}
	close(urgent)
	close(normal)

	left, overtaken := cap(urgent), 0
	dispatch(urgent, normal, func(job string) {
		if job == "urgent" {
			left--
		} else if left > 0 {
			overtaken++
		}
	})
	fmt.Fprintln(out, "normal jobs before urgent ones:", overtaken > 0)
}
