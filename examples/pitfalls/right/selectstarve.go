package right

import (
	"context"
	"fmt"
	"io"

	"github.com/chanlint/chanlint/runtime/priority"
)

// dispatch does jobs until both channels are closed. Of five jobs at least one
// is not urgent, if there are any.
func dispatch(urgentJobs, normalJobs <-chan string, do func(string)) {
	pick := priority.Picker{MaxStreak: 4}
	for _, job := range priority.All(context.Background(), &pick, urgentJobs, normalJobs) {
		do(job)
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
	fmt.Fprintln(out, "normal jobs before urgent ones:", overtaken)
}
