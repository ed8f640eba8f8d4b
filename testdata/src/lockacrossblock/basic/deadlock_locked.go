package basic

import "sync"

// The reader of a journal's records takes the lock to number them. Some
// methods of a journal have no lock call: they are entered with the lock held.
type journal struct {
	mu      sync.Mutex
	records chan string
	pending []string
	written int
}

func newJournal() *journal {
	j := &journal{records: make(chan string, 16)}
	go j.write()
	return j
}

func (j *journal) write() {
	for range j.records {
		j.mu.Lock()
		j.written++
		j.mu.Unlock()
	}
}

// sendLocked says by its name who holds the lock.
func (j *journal) sendLocked() {
	for _, r := range j.pending {
		j.records <- r // want "j\\.mu"
	}
	j.pending = nil
}

func (j *journal) flush() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.sendLocked()
}

// send is locked by all of its callers, which is where it shows.
func (j *journal) send() {
	for _, r := range j.pending {
		j.records <- r
	}
	j.pending = nil
}

func (j *journal) callSendUnderLock(record string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.pending = append(j.pending, record)
	j.send() // want "j\\.mu"
}

func (j *journal) callSendOnOneBranch(record string) {
	j.mu.Lock()
	j.pending = append(j.pending, record)
	if len(j.pending) > 10 {
		j.send() // want "j\\.mu"
	}
	j.mu.Unlock()
}

// takeLocked does not send: it returns what its caller sends after unlocking.
func (j *journal) takeLocked() []string {
	taken := j.pending
	j.pending = nil
	return taken
}

func (j *journal) takeThenSend(record string) {
	j.mu.Lock()
	j.pending = append(j.pending, record)
	taken := j.takeLocked()
	j.mu.Unlock()
	for _, r := range taken {
		j.records <- r
	}
}
