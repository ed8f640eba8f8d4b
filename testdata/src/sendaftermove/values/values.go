// Package values changes what it has sent.
package values

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"sync"
	"time"
)

// readIntoOneBuffer overwrites in the next round what the receiver looks at.
func readIntoOneBuffer(r io.Reader, out chan<- []byte) error {
	buf := make([]byte, 4096)
	for {
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		out <- buf[:n] // want `^buf\[:n\] is modified \(line 18\) after it was sent, so the receiver may see it change; send a copy$`
	}
}

// readPackets keeps the slice in a struct.
type packet struct {
	data []byte
	from net.Addr
}

func readPackets(c net.PacketConn, out chan<- packet) error {
	buf := make([]byte, 1500)
	for {
		n, from, err := c.ReadFrom(buf)
		if err != nil {
			return err
		}
		out <- packet{buf[:n], from} // want `packet{…} is modified \(line 35\) after it was sent`
	}
}

// readPacketPointers sends a pointer to it.
func readPacketPointers(c net.PacketConn, out chan<- *packet) error {
	buf := make([]byte, 1500)
	for {
		n, from, err := c.ReadFrom(buf)
		if err != nil {
			return err
		}
		p := &packet{from: from}
		p.data = buf[:n]
		out <- p // want `p is modified \(line 47\) after it was sent`
	}
}

// readIntoArray cuts slices from an array.
func readIntoArray(r io.Reader, out chan<- []byte) error {
	var buf [64]byte
	for {
		if _, err := io.ReadFull(r, buf[:]); err != nil {
			return err
		}
		out <- buf[:] // want `buf\[:\] is modified \(line 61\) after it was sent`
	}
}

// frames encodes into one buffer.
func frames(lengths []uint32, out chan<- []byte) {
	header := make([]byte, 4)
	for _, n := range lengths {
		binary.BigEndian.PutUint32(header, n)
		out <- header // want `header is modified \(line 72\) after it was sent`
	}
}

// elements assigns elements.
func elements(n int, out chan<- []int) {
	row := make([]int, 3)
	for i := range n {
		row[0], row[1] = i, i*i
		out <- row // want `row is modified \(line 81\) after it was sent`
	}
}

// batches cuts back what it has sent, to append to it again.
func batches(in <-chan int, out chan<- []int) {
	var batch []int
	for v := range in {
		batch = append(batch, v)
		if len(batch) == 100 {
			out <- batch // want `batch is used again \(line 93\) after it was sent, so the receiver may see it change; send a copy`
			batch = batch[:0]
		}
	}
	out <- batch
}

type batcher struct {
	batch []int
	out   chan []int
	ended chan struct{}
}

// add does so with a field.
func (b *batcher) add(v int) {
	b.batch = append(b.batch, v)
	if len(b.batch) == 100 {
		b.out <- b.batch // want `b.batch is used again \(line 110\) after it was sent`
		b.batch = b.batch[:0]
	}
}

// run is a receiver that tells nothing.
func (b *batcher) run(use func([]int)) {
	defer close(b.ended)
	for batch := range b.out {
		use(batch)
	}
}

// lines sends what the next call of Scan overwrites.
func lines(r io.Reader, out chan<- []byte) {
	s := bufio.NewScanner(r)
	for s.Scan() {
		out <- s.Bytes() // want `s.Bytes\(\) is used again \(line 125\) after it was sent`
	}
}

// encode sends what a buffer holds, and empties the buffer.
func encode(values []string, out chan<- []byte) {
	var buf bytes.Buffer
	for _, v := range values {
		buf.WriteString(v)
		out <- buf.Bytes() // want `buf.Bytes\(\) is used again \(line 136\) after it was sent`
		buf.Reset()
	}
}

// counts goes on to count.
func counts(words []string, out chan<- map[string]int) {
	m := make(map[string]int)
	for _, w := range words {
		m[w]++
		if len(m) == 10 {
			out <- m // want `m is modified \(line 144\) after it was sent`
		}
	}
}

var pool = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// putAfterSend gives the buffer to the receiver and to the pool.
func putAfterSend(v string, out chan<- []byte) {
	buf := pool.Get().(*bytes.Buffer)
	defer pool.Put(buf)
	buf.Reset()
	buf.WriteString(v)
	out <- buf.Bytes() // want `^buf.Bytes\(\) is put back to the pool \(line 156\) while its receiver may still use it; have the receiver put it back$`
}

// putPointer does so with the object itself.
func putPointer(out chan<- *bytes.Buffer) {
	buf := pool.Get().(*bytes.Buffer)
	out <- buf // want `buf is put back to the pool \(line 166\) while its receiver`
	pool.Put(buf)
}

type queue struct {
	in   chan []byte
	stop chan struct{}
}

// push sends what it is given.
func (q *queue) push(b []byte) {
	select {
	case q.in <- b:
	case <-q.stop:
	}
}

// readAndPush sends through a helper.
func readAndPush(r io.Reader, q *queue) error {
	buf := make([]byte, 4096)
	for {
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		q.push(buf[:n]) // want `buf\[:n\] is modified \(line 186\) after it was sent`
	}
}

// Write sends its caller's memory.
func (q *queue) Write(b []byte) (int, error) {
	q.in <- b // want `^b belongs to the caller again when Write returns \(line 197\), but the receiver may still use it; send a copy$`
	return len(b), nil
}

type request struct {
	body []byte
	done chan error
}

type server struct {
	requests chan *request
}

// Write leaves the request behind if it takes too long.
func (s *server) Write(b []byte) (int, error) {
	req := &request{b, make(chan error, 1)}
	s.requests <- req // want `req belongs to the caller again when Write returns \(line 217\)`
	select {
	case err := <-req.done:
		return len(b), err
	case <-time.After(time.Second):
		return 0, io.ErrNoProgress
	}
}

// capturedBatch is a variable that a literal sends and cuts back.
func capturedBatch(in <-chan int, out chan<- []int) {
	var batch []int
	flush := func() {
		out <- batch // want `batch is used again \(line 226\) after it was sent`
		batch = batch[:0]
	}
	for v := range in {
		batch = append(batch, v)
		flush()
	}
}
