package priority_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/chanlint/chanlint/runtime/priority"
)

// Every third job is one that is not urgent, as long as there are any.
func ExampleAll() {
	urgent, normal := make(chan string, 4), make(chan string, 4)
	for i := range 4 {
		urgent <- fmt.Sprint("urgent ", i)
		normal <- fmt.Sprint("normal ", i)
	}
	close(urgent)
	close(normal)

	pick := priority.Picker{MaxStreak: 2}
	for _, job := range priority.All(context.Background(), &pick, urgent, normal) {
		fmt.Println(job)
	}
	// Output:
	// urgent 0
	// urgent 1
	// normal 0
	// urgent 2
	// urgent 3
	// normal 1
	// normal 2
	// normal 3
}

func ExampleRecv2() {
	settings, jobs := make(chan map[string]int, 1), make(chan string, 3)
	jobs <- "first"
	jobs <- "second"
	settings <- map[string]int{"size": 3}
	close(jobs)
	close(settings)

	for {
		from, setting, job, err := priority.Recv2(context.Background(), nil, settings, jobs)
		switch {
		case errors.Is(err, priority.ErrClosed):
			fmt.Println("all done")
			return
		case err != nil:
			fmt.Println(err)
			return
		case from == 1:
			fmt.Println("settings", setting)
		default:
			fmt.Println("job", job)
		}
	}
	// Output:
	// settings map[size:3]
	// job first
	// job second
	// all done
}
