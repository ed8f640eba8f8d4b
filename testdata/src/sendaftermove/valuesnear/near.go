// Package valuesnear sends what it does not change, or gets back.
package valuesnear

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"slices"
	"sync"
)

// cloned sends copies.
func cloned(r io.Reader, out chan<- []byte) error {
	buf := make([]byte, 4096)
	for {
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		out <- bytes.Clone(buf[:n])
	}
}

// clonedSlices uses package slices.
func clonedSlices(n int, out chan<- []int) {
	row := make([]int, 3)
	for i := range n {
		row[0] = i
		out <- slices.Clone(row)
	}
}

// appended copies by append.
func appended(r io.Reader, out chan<- []byte) error {
	buf := make([]byte, 4096)
	for {
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		out <- append([]byte(nil), buf[:n]...)
	}
}

// converted sends a string, which is a copy.
func converted(r io.Reader, out chan<- string) error {
	buf := make([]byte, 4096)
	for {
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		out <- string(buf[:n])
	}
}

// madeInLoop makes a buffer for each round.
func madeInLoop(c net.Conn, out chan<- []byte) error {
	for {
		buf := make([]byte, 4096)
		n, err := c.Read(buf)
		if err != nil {
			return err
		}
		out <- buf[:n]
	}
}

// madeAnew makes another one after it was sent.
func madeAnew(c net.Conn, out chan<- []byte) error {
	buf := make([]byte, 4096)
	for {
		n, err := c.Read(buf)
		if err != nil {
			return err
		}
		out <- buf[:n]
		buf = make([]byte, 4096)
	}
}

// madeAnewIfSent keeps the buffer where nothing was sent.
func madeAnewIfSent(c net.Conn, out chan<- []byte) error {
	buf := make([]byte, 4096)
	for {
		n, err := c.Read(buf)
		if err != nil {
			return err
		}
		if n > 10 {
			out <- buf[:n]
			buf = make([]byte, 4096)
		}
	}
}

// batches starts a new batch.
func batches(in <-chan int, out chan<- []int) {
	var batch []int
	for v := range in {
		batch = append(batch, v)
		if len(batch) == 100 {
			out <- batch
			batch = nil
		}
	}
	out <- batch
}

// batchesMade starts one with room.
func batchesMade(in <-chan int, out chan<- []int) {
	batch := make([]int, 0, 100)
	flush := func() {
		out <- batch
		batch = make([]int, 0, 100)
	}
	for v := range in {
		batch = append(batch, v)
		if len(batch) == 100 {
			flush()
		}
	}
	flush()
}

type batcher struct {
	mu    sync.Mutex
	batch []int
	out   chan []int
}

// add takes the batch away before it sends.
func (b *batcher) add(v int) {
	b.mu.Lock()
	b.batch = append(b.batch, v)
	full := b.batch
	b.batch = nil
	b.mu.Unlock()
	b.out <- full
}

// grow appends behind what was sent, which the receiver does not see.
func grow(in <-chan int, out chan<- []int) {
	var all []int
	for v := range in {
		all = append(all, v)
		out <- all
	}
}

// text sends strings of a scanner.
func text(r io.Reader, out chan<- string) {
	s := bufio.NewScanner(r)
	for s.Scan() {
		out <- s.Text()
	}
}

type request struct {
	data []byte
	done chan struct{}
}

// handedBack waits for the reply.
func handedBack(r io.Reader, out chan<- request) error {
	buf := make([]byte, 4096)
	done := make(chan struct{})
	for {
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		out <- request{buf[:n], done}
		<-done
	}
}

// handedBackInSelect waits for the reply, or gives up.
func handedBackInSelect(ctx context.Context, r io.Reader, out chan<- request) error {
	buf := make([]byte, 4096)
	done := make(chan struct{})
	for {
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		out <- request{buf[:n], done}
		select {
		case <-done:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// waitedFor waits for the workers in each round.
func waitedFor(rounds int, use func([]int)) {
	row := make([]int, 3)
	for i := range rounds {
		row[0] = i
		var wg sync.WaitGroup
		ch := make(chan []int, 1)
		wg.Go(func() { use(<-ch) })
		ch <- row
		wg.Wait()
	}
}

// twoBuffers takes another one in each round.
func twoBuffers(c net.Conn, out chan<- []byte) error {
	var bufs [2][]byte
	for i := 0; ; i++ {
		buf := bufs[i%2]
		n, err := c.Read(buf)
		if err != nil {
			return err
		}
		out <- buf[:n]
	}
}

// notSent drops the value, and uses it again.
func notSent(c net.Conn, out chan<- []byte) error {
	buf := make([]byte, 4096)
	for {
		n, err := c.Read(buf)
		if err != nil {
			return err
		}
		select {
		case out <- buf[:n]:
			return nil
		default:
		}
	}
}

type queue struct{ in chan []byte }

// Write sends a copy.
func (q *queue) Write(b []byte) (int, error) {
	q.in <- bytes.Clone(b)
	return len(b), nil
}

type syncQueue struct {
	in  chan []byte
	ack chan error
}

// Write waits for the receiver.
func (q *syncQueue) Write(b []byte) (int, error) {
	q.in <- b
	return len(b), <-q.ack
}

func (q *syncQueue) run(w io.Writer) {
	for b := range q.in {
		_, err := w.Write(b)
		q.ack <- err
	}
}

var pool = sync.Pool{New: func() any { return new([]byte) }}

// putInReceiver: the receiver puts it back.
func putInReceiver(ch chan *[]byte) {
	ch <- pool.Get().(*[]byte)
}

func receive(ch chan *[]byte) {
	for b := range ch {
		pool.Put(b)
	}
}

// putIfNotSent puts it back if nobody takes it.
func putIfNotSent(ch chan *[]byte) {
	b := pool.Get().(*[]byte)
	select {
	case ch <- b:
	default:
		pool.Put(b)
	}
}

// eachItsOwn sends the variable of the loop.
func eachItsOwn(all [][]byte, out chan<- []byte) {
	for _, b := range all {
		b[0] = 1
		out <- b
	}
}

type tryQueue struct {
	in   chan *[]byte
	stop chan struct{}
}

// send tells whether it has.
func (q *tryQueue) send(b *[]byte) error {
	select {
	case q.in <- b:
		return nil
	case <-q.stop:
		return io.ErrClosedPipe
	}
}

// putIfNotTaken believes it.
func putIfNotTaken(q *tryQueue) {
	b := pool.Get().(*[]byte)
	if err := q.send(b); err != nil {
		pool.Put(b)
	}
}

// chunks cuts what it sends off a large buffer.
func chunks(r io.Reader, out chan<- []byte) error {
	buf := make([]byte, 1<<16)
	for len(buf) > 0 {
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		out <- buf[:n]
		buf = buf[n:]
	}
	return nil
}

type chunker struct {
	buf []byte
	out chan []byte
}

// next does so with a field.
func (c *chunker) next(r io.Reader) error {
	for {
		n, err := r.Read(c.buf)
		if err != nil {
			return err
		}
		c.out <- c.buf[:n]
		c.buf = c.buf[n:]
	}
}

// header is written behind what was sent.
func header(out chan<- []byte) {
	buf := make([]byte, 8)
	out <- buf[:4]
	copy(buf[4:], "more")
}

// freeList gives a buffer to whoever needs one next.
func freeList(free chan []byte, use func([]byte)) {
	buf := <-free
	buf[0] = 0
	use(buf)
	free <- buf
}
