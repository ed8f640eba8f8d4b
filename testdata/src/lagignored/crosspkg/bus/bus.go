// Package bus says what on it tells of lost values.
package bus

import "errors"

// ErrGap is returned by Receive after values were overwritten. The next
// call returns the oldest one left.
var ErrGap = errors.New("gap")

// A Reader gets what is published.
//
//chanlint:lagsignal ErrGap
type Reader struct{} // want Reader:`goes on after ErrGap`

// Receive waits for a value.
func (*Reader) Receive() (string, error) { return "", ErrGap }

// A Feed is closed when it breaks.
//
//chanlint:lagsignal Broken
type Feed interface { // want Feed:`look at Broken`
	Values() <-chan string
	Broken() bool
}

// Open opens a feed.
func Open() (Feed, error) { return nil, nil }

type (
	// An Event has a gap before it if Missed is not 0.
	//
	//chanlint:lagsignal Missed
	Event struct { // want Event:`look at Missed`
		Text   string
		Missed int
	}

	// An Other has nothing to say.
	Other struct{ Text string }
)

// Events returns what happens.
func Events() <-chan *Event { return nil }

// Others returns what else happens.
func Others() <-chan *Other { return nil }

// Listen tells lost how many values were lost.
//
//chanlint:lagsignal lost
func Listen(name string, lost func(int)) {} // want Listen:`needs #1`

// Drain returns how many values are left.
//
//chanlint:lagsignal return
func Drain() int { return 0 } // want Drain:`look at the result`

// Of means nothing, and is no error here.
//
//chanlint:lagsignal nothing
func Of() {}
