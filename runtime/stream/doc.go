// Package stream combines sequences of values that arrive over time: it merges
// them, cuts them into batches, slows them down, and notices when they stall.
//
//	orders := stream.Merge(ctx, shop.All, phone.All, stream.Chan(fax))
//	for order := range orders {
//		ship(order)
//	}
//
//	for batch := range stream.Chunks(ctx, rows.All, 100, time.Second) {
//		db.Insert(batch)
//	}
//
// A [Source] makes a sequence that ends with a context. The All methods of
// packages mpsc and mpmc are sources as they are, as are Values and Changes of
// package watch; [Results] makes one of broadcast's; [Chan] and [Seq] make one of
// a channel and of any other sequence. [Marked] makes one that says when it has ended.
//
// Use it where values are consumed by a loop. Do not use it where one select
// over two channels does the same: it costs no goroutine and reads nothing ahead.
// Do not use [Throttle] to protect others from load, since it does not allow
// bursts, and knows of one loop only.
//
// # Cost
//
// Merge, Timeout, TimeoutRepeating, Map, and Chunks with a time, run a goroutine
// for each source, and a value passes through one channel that is not buffered:
// one or two hundred nanoseconds. All others cost a function call for each value, or
// two. Chunks allocates each batch.
//
// # Blocking
//
// A sequence waits for its source, and a source waits until the loop asks for
// the next value: what is slow slows down what is before it.
//
// # Cancellation
//
// A loop that is left, in whatever way, ends the context of its sources and
// waits until their goroutines have returned, so none is left behind. A source
// that does not end with its context holds up the loop that is left.
//
// When ctx ends, the sources do, and the loop after the values that had been
// read before. Ask ctx.Err whether that was the reason.
//
// # Loss
//
// Goroutines read one value of each source ahead. At the end of ctx the loop
// still gets those. A loop that is left by break or return does not: up to one value of
// each source is gone. Where none may be lost, end the context instead,
// or use [Map], which hands back what was not read. Throttle, the
// functions on plain sequences, and Chunks without a time read nothing ahead;
// Chunks loses the batch that is not complete.
//
// # Closing
//
// There is nothing to close but a Map. A sequence may be ranged over again if
// its sources may.
//
// # Memory
//
// A goroutine keeps the value it has read ahead, Chunks the batch, and nothing
// else does.
package stream
