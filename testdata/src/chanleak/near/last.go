package near

import (
	"io"
	"log"
	"os"
	"sync"
)

// Who closes the last of several streams ends the wait for all.
type streams struct {
	mu   sync.Mutex
	open map[int]bool
	done chan struct{}
	once sync.Once
}

func newStreams(n int) *streams {
	s := &streams{open: map[int]bool{}, done: make(chan struct{})}
	for fd := range n {
		s.open[fd] = true
	}
	return s
}

func (s *streams) end(fd int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, fd)
	if len(s.open) == 0 {
		s.once.Do(func() { close(s.done) })
	}
}

func copyTwo(read func(int)) {
	s := newStreams(2)
	go func() {
		<-s.done
		log.Print("done")
	}()
	read(0)
	s.end(0)
	read(1)
	s.end(1)
}

// shards are as many as are waited for, a constant that is larger than what is
// counted out.
const shards = 64

type shard struct{ mu sync.Mutex }

func (s *shard) shutdown(sem chan struct{}) error {
	sem <- struct{}{}
	defer func() { <-sem }()
	s.mu.Lock()
	defer s.mu.Unlock()
	return nil
}

func shutdownShards(all *[shards]*shard) error {
	sem := make(chan struct{}, 128)
	var wg sync.WaitGroup
	wg.Add(shards)
	for i := 0; i < shards; i++ {
		go func(i int) {
			defer wg.Done()
			if err := all[i].shutdown(sem); err != nil {
				log.Print(err)
			}
		}(i)
	}
	wg.Wait()
	return nil
}

// A recording that could not be started is not waited for: who starts it says so.
func record(name string) (string, error) {
	run, _, err := start(name)
	if err != nil {
		return "", err
	}
	return run(), nil
}

func start(name string) (run func() string, stop func(), err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	lines := make(chan string)
	go func() {
		b, _ := io.ReadAll(f)
		lines <- string(b)
	}()
	run = func() string { return <-lines }
	return run, func() { f.Close() }, nil
}

// The server runs until the process is ended.
func serveForGood(serve func()) {
	go serve()
	c := make(chan struct{})
	<-c
}
