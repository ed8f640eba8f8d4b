// Package companion starts goroutines by means of the companion library.
package companion

import (
	"context"

	"github.com/chanlint/chanlint/runtime/shutdown"
)

func ask(i int) int { return i }

// firstAnswer leaves the slower function behind, and the shutdown with it.
func firstAnswer(g *shutdown.Group) int {
	answers := make(chan int)
	for i := range 2 {
		g.Go("ask", func(context.Context) error {
			answers <- ask(i) // want `^this send on answers blocks for ever once firstAnswer returns \(line 16\); make answers with capacity 1$`
			return nil
		})
	}
	return <-answers
}

// firstAnswerWithRoom has room for both.
func firstAnswerWithRoom(g *shutdown.Group) int {
	answers := make(chan int, 2)
	for i := range 2 {
		g.Go("ask", func(context.Context) error {
			answers <- ask(i)
			return nil
		})
	}
	return <-answers
}

// bothAnswers takes what both send.
func bothAnswers(g *shutdown.Group) int {
	answers := make(chan int)
	for i := range 2 {
		g.Go("ask", func(context.Context) error {
			answers <- ask(i)
			return nil
		})
	}
	return <-answers + <-answers
}
