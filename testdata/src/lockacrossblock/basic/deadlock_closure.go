package basic

import "sync"

// A feed's reader takes the lock for each line. Its senders hide the send, or
// the moment at which it happens, in function values.
type feed struct {
	mu    sync.Mutex
	lines chan string
	read  int
}

func newFeed() *feed {
	f := &feed{lines: make(chan string)}
	go func() {
		for range f.lines {
			f.mu.Lock()
			f.read++
			f.mu.Unlock()
		}
	}()
	return f
}

func (f *feed) post(line string) {
	f.lines <- line
}

func (f *feed) sendInLiteral(line string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	func() {
		f.lines <- line // want "f\\.mu"
	}()
}

func (f *feed) sendInVariable(line string) {
	post := func() { f.lines <- line }
	f.mu.Lock()
	post() // want "f\\.mu"
	f.mu.Unlock()
}

func (f *feed) sendInVariableAfterUnlock(line string) {
	post := func() { f.lines <- line }
	f.mu.Lock()
	f.read--
	f.mu.Unlock()
	post()
}

func (f *feed) sendByMethodValue(line string) {
	post := f.post
	f.mu.Lock()
	defer f.mu.Unlock()
	post(line) // want "f\\.mu"
}

func (f *feed) sendByMethodExpression(line string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	(*feed).post(f, line) // want "f\\.mu"
}

// each runs visit in place.
func each(lines []string, visit func(string)) {
	for _, line := range lines {
		visit(line)
	}
}

func (f *feed) sendInArgument(lines []string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	each(lines, f.post) // want "f\\.mu"
}

func (f *feed) sendInArgumentAfterUnlock(lines []string) {
	f.mu.Lock()
	f.read -= len(lines)
	f.mu.Unlock()
	each(lines, f.post)
}

// sendDeferredBeforeUnlock runs its defers last in, first out.
func (f *feed) sendDeferredBeforeUnlock(line string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	defer f.post(line) // want "f\\.mu"
	f.read--
}

func (f *feed) sendDeferredAfterUnlock(line string) {
	defer f.post(line)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.read--
}

func (f *feed) sendInDeferredLiteral(line string) {
	f.mu.Lock()
	defer func() {
		f.lines <- line // want "f\\.mu"
		f.mu.Unlock()
	}()
	f.read--
}

func (f *feed) sendInDeferredLiteralAfterUnlock(line string) {
	f.mu.Lock()
	defer func() {
		f.mu.Unlock()
		f.lines <- line
	}()
	f.read--
}
