package basic

import "sync"

// A mailbox counts what it delivers under the lock of its senders.
type mailbox[T any] struct {
	mu   sync.Mutex
	mail chan T
	read int
}

func newMailbox[T any](size int) *mailbox[T] {
	m := &mailbox[T]{mail: make(chan T, size)}
	go m.deliver()
	return m
}

func (m *mailbox[T]) deliver() {
	for range m.mail {
		m.mu.Lock()
		m.read++
		m.mu.Unlock()
	}
}

func (m *mailbox[T]) sendUnderLock(v T) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mail <- v // want "m\\.mu"
}

func (m *mailbox[T]) sendAfterUnlock(v T) {
	m.mu.Lock()
	m.read--
	m.mu.Unlock()
	m.mail <- v
}

func put[T any](ch chan<- T, v T) {
	ch <- v
}

func (m *mailbox[T]) sendThroughGeneric(v T) {
	m.mu.Lock()
	defer m.mu.Unlock()
	put(m.mail, v) // want "m\\.mu"
}

func (m *mailbox[T]) sendThroughGenericAfterUnlock(v T) {
	m.mu.Lock()
	m.read--
	m.mu.Unlock()
	put(m.mail, v)
}

var numbers = newMailbox[int](1)

func sendToInstance(v int) {
	numbers.mu.Lock()
	defer numbers.mu.Unlock()
	numbers.mail <- v // want "numbers\\.mu"
}

func sendToInstanceAfterUnlock(v int) {
	numbers.mu.Lock()
	numbers.read--
	numbers.mu.Unlock()
	numbers.mail <- v
}
