// Package flags is for limits of 100 elements and 512 bytes.
package flags

func queues(kind string) any {
	switch kind {
	case "count":
		return make(chan byte, 100) // want `this channel has room for 100 elements of 1 byte, 100 bytes in all`
	case "below count":
		return make(chan byte, 99)
	case "bytes":
		return make(chan [64]byte, 8) // want `this channel has room for 8 elements of 64 bytes, 512 bytes in all`
	case "below bytes":
		return make(chan [64]byte, 7)
	}
	return make(chan [4096]byte)
}

type box[T any] struct {
	at    [2]T
	count int
}

// The size of an element is that of its type argument.
func generic[T any](few bool) any {
	if few {
		return make(chan box[T], 99)
	}
	return make(chan box[T], 100) // want `^this channel has room for 100 elements, which hides a receiver that is too slow; size it for a burst$`
}
