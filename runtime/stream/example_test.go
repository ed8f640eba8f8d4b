package stream_test

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/chanlint/chanlint/runtime/mpsc"
	"github.com/chanlint/chanlint/runtime/stream"
)

func ExampleMerge() {
	ctx := context.Background()
	tx, queue := mpsc.New[int](4)
	faxes := make(chan int, 4)
	for i := range 4 {
		tx.TrySend(i)
		faxes <- 10 * i
	}
	tx.Close()
	close(faxes)

	sum := 0
	for order := range stream.Merge(ctx, queue.All, stream.Chan(faxes)) {
		sum += order
	}
	fmt.Println(sum)
	// Output: 66
}

func ExampleChunks() {
	ctx := context.Background()
	rows := stream.Seq(slices.Values([]string{"a", "b", "c", "d", "e"}))
	for batch := range stream.Chunks(ctx, rows, 2, time.Minute) {
		fmt.Println("insert", batch)
	}
	// Output:
	// insert [a b]
	// insert [c d]
	// insert [e]
}

func ExampleTimeout() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	readings := make(chan float64, 1)
	readings <- 20.5
	for reading, err := range stream.Timeout(ctx, stream.Chan(readings), time.Millisecond) {
		if err != nil {
			fmt.Println("the sensor is silent:", err)
			break
		}
		fmt.Println(reading)
	}
	// Output:
	// 20.5
	// the sensor is silent: chans: timed out
}

func ExampleMap() {
	ctx := context.Background()
	clients := stream.NewMap[string, string](ctx)
	defer clients.Close()
	clients.Insert("ann", stream.Seq(slices.Values([]string{"hello", "goodbye"})))
	for name, text := range clients.All(ctx) {
		fmt.Printf("%s says %s\n", name, text)
	}
	fmt.Println("clients left:", clients.Len())
	// Output:
	// ann says hello
	// ann says goodbye
	// clients left: 0
}
