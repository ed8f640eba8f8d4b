// Package flags is for limits of 100 elements and 512 bytes.
package flags

type queues struct {
	few, many   chan byte
	short, long chan [64]byte
	none        chan [4096]byte
}

func newQueues() *queues {
	return &queues{
		few:   make(chan byte, 99),
		many:  make(chan byte, 100), // want `many has room for 100 elements of 1 byte, 100 bytes in all`
		short: make(chan [64]byte, 7),
		long:  make(chan [64]byte, 8), // want `long has room for 8 elements of 64 bytes, 512 bytes in all`
		none:  make(chan [4096]byte),
	}
}

func (q *queues) fill() {
	q.few <- 1
	q.many <- 1
	q.short <- [64]byte{}
	q.long <- [64]byte{}
	q.none <- [4096]byte{}
}

type box[T any] struct {
	at    [2]T
	count int
}

// The size of an element is that of its type argument.
func generic[T any](b box[T]) {
	few := make(chan box[T], 99)
	many := make(chan box[T], 100) // want `^many has room for 100 elements, which hides a receiver that is too slow; size it for a burst$`
	few <- b
	many <- b
}
