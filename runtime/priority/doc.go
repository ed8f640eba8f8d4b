// Package priority receives from several channels in the order of their
// importance, with a bound on how long the important ones may keep the others
// waiting.
//
//	pick := priority.Picker{MaxStreak: 16}
//	for from, job := range priority.All(ctx, &pick, urgent, normal, background) {
//		job.Do()
//	}
//
// A native select takes one of its ready cases at random. Neither the order of
// the cases nor a nested select changes that where it matters: a blocking select
// that has forgotten an important channel waits for the others while that one
// is full.
//
// Use it where one goroutine serves sources that are not equal: control before
// data, urgent before normal. Do not use it where they are equal, since the
// native select is fair and simpler; nor to see that a stop comes first: every
// function here looks at its context before anything else.
//
// # Which function
//
// [First] and [All] receive values of one type. [Recv2], [Recv3] and [Recv4]
// receive values of different types. [Ready] takes no values but tells which of
// several signals is there: the Ready, Changed and Done channels of the other
// packages, which carry none.
//
// Sources are counted from 1, in the order of their importance. Number 0 is the
// context: it stands for every end that has an error.
//
// # Streaks
//
// Without a [Picker], which is to say with nil, a source is received from only
// when none before it has a value. Sources that never pause starve the rest. With
// one, a source that was passed over in MaxStreak receives in a row is asked
// first in the next. With two sources that always have a value and a MaxStreak
// of 3, every fourth value is from the second.
//
// # Cost
//
// Nothing allocates and nothing is reflected upon, for up to 8 sources; with more, a
// wait costs some allocations for each source. There is no goroutine. If a value
// is there, a receive costs a failed receive for each source asked before, and no
// select over all of them. If none is there, it costs the native select as well.
//
// # Blocking
//
// All functions wait until a source has a value, the sources have ended, or the
// context ends.
//
// # Cancellation
//
// A context that has ended comes first, even if there are values. A call
// that returned an error has received nothing. No call receives more than the
// value it returns.
//
// # Order
//
// If a value is there when a call asks for it, the order decides. If
// several values come between that moment and the one at which the call begins
// to wait, chance does, as in every native select.
//
// # Closing
//
// A source that is closed, or nil, is passed over, and never again mistaken for
// one that has a value. When all of them are, the error is [ErrClosed]. Only
// [Ready] takes a closed channel for a signal.
//
// # Memory
//
// Nothing is kept but the counts of a Picker.
package priority
