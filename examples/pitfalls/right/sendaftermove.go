package right

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// chunks sends what r has, four bytes at a time.
func chunks(r io.Reader, out chan<- []byte) error {
	defer close(out)
	buf := make([]byte, 4)
	for {
		n, err := r.Read(buf)
		if err != nil {
			return err
		}
		out <- bytes.Clone(buf[:n])
	}
}

// Move collects all chunks before it looks at the first.
func Move(out io.Writer) {
	queue := make(chan []byte)
	go chunks(strings.NewReader("one two six."), queue)
	var all [][]byte
	for chunk := range queue {
		all = append(all, chunk)
	}
	fmt.Fprintf(out, "%q\n", all)
}
