// Pitfalls shows what comes of the mistakes that chanlint finds, and of the
// same code without them. Packages wrong and right have the code.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/chanlint/chanlint/examples/pitfalls/right"
	"github.com/chanlint/chanlint/examples/pitfalls/wrong"
)

// A pitfall is a mistake that a pass of chanlint reports.
type pitfall struct {
	pass         string
	wrong, right func(io.Writer)
}

var pitfalls = []pitfall{
	{"lockacrossblock", wrong.Lock, right.Lock},
	{"unbounded", wrong.Queue, right.Queue},
	{"watchqueue", wrong.Wakeups, right.Wakeups},
	{"selectstarve", wrong.Select, right.Select},
	{"lagignored", wrong.Lag, right.Lag},
	{"sendaftermove", wrong.Move, right.Move},
	{"chanleak", wrong.Leak, right.Leak},
}

func main() {
	for _, p := range pitfalls {
		fmt.Printf("%s, wrong:\n", p.pass)
		p.wrong(indented{os.Stdout})
		fmt.Println("right:")
		p.right(indented{os.Stdout})
		fmt.Println()
	}
}

// indented indents each line that is written to it in one piece.
type indented struct{ w io.Writer }

func (i indented) Write(line []byte) (int, error) {
	if _, err := io.WriteString(i.w, "\t"); err != nil {
		return 0, err
	}
	return i.w.Write(line)
}
