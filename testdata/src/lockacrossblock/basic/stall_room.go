package basic

import "sync"

// A noteboard has subscribers with room for one note each.
type noteboard struct {
	mu    sync.Mutex
	notes []chan string
	sent  int
}

func (b *noteboard) subscribe() <-chan string {
	c := make(chan string, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.notes = append(b.notes, c)
	return c
}

func (b *noteboard) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.sent
}

func (b *noteboard) publish(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sent++
	for _, c := range b.notes {
		c <- text // want `^b\.mu, locked on line \d+, is held across this send, which may block; unlock it first or send in a select with default$`
	}
}

func (b *noteboard) publishOrDrop(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.sent++
	for _, c := range b.notes {
		select {
		case c <- text:
		default:
		}
	}
}

// A folder has room for as many pages as a loop in a loop has worked out.
type folder struct {
	mu    sync.Mutex
	pages chan string
	added int
}

func newFolder(pages int) *folder {
	room := 1
	for room < pages {
		for range 3 {
			room = room * 2
		}
	}
	return &folder{pages: make(chan string, room)}
}

func (f *folder) Pages() <-chan string { return f.pages }

func (f *folder) Added() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.added
}

func (f *folder) Add(page string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.added++
	f.pages <- page // want `^f\.mu, locked on line \d+, is held across this send, which may block; unlock it first or send in a select with default$`
}

func (f *folder) TryAdd(page string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.added++
	select {
	case f.pages <- page:
	default:
	}
}
