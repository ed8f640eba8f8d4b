// Package generics does the same with type parameters.
package generics

// A queue has a type parameter.
type queue[T any] struct{ ch chan T }

func (q *queue[T]) close() { close(q.ch) }

// closeTwice closes in a helper, and again.
func closeTwice[T any](q *queue[T]) {
	q.close()
	close(q.ch) // want `q.ch is closed again after the call to close on line 11, which panics; close it once`
}

// closeInstanceTwice does so with an instance.
func closeInstanceTwice(q *queue[int]) {
	q.close()
	q.close() // want `q.ch is closed again by this call \(line 7\) after the call to close on line 17`
}

// batches cuts back what it has sent.
func batches[T any](in <-chan T, out chan<- []T) {
	var batch []T
	for v := range in {
		batch = append(batch, v)
		if len(batch) == 100 {
			out <- batch // want `batch is used again \(line 28\) after it was sent`
			batch = batch[:0]
		}
	}
}

// batchesAnew is the same, repaired.
func batchesAnew[T any](in <-chan T, out chan<- []T) {
	var batch []T
	for v := range in {
		batch = append(batch, v)
		if len(batch) == 100 {
			out <- batch
			batch = nil
		}
	}
}
