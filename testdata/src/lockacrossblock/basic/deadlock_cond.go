package basic

import "sync"

// Cond.Wait releases the lock of the Cond and no other. Whoever fills a box
// takes the outer lock first.
type box struct {
	outer sync.Mutex
	inner sync.Mutex
	full  *sync.Cond
	items []int
}

func newBox() *box {
	b := &box{}
	b.full = sync.NewCond(&b.inner)
	return b
}

func (b *box) put(v int) {
	b.outer.Lock()
	defer b.outer.Unlock()
	b.inner.Lock()
	b.items = append(b.items, v)
	b.inner.Unlock()
	b.full.Signal()
}

func (b *box) condWaitUnderOtherLock() int {
	b.outer.Lock()
	defer b.outer.Unlock()
	b.inner.Lock()
	defer b.inner.Unlock()
	for len(b.items) == 0 {
		b.full.Wait() // want "b\\.outer"
	}
	v := b.items[0]
	b.items = b.items[1:]
	return v
}

func (b *box) condWaitUnderOwnLock() int {
	b.inner.Lock()
	defer b.inner.Unlock()
	for len(b.items) == 0 {
		b.full.Wait()
	}
	v := b.items[0]
	b.items = b.items[1:]
	return v
}
