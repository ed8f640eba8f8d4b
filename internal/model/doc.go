// Package model translates the functions of a package into programs that
// package explore can search.
//
// A model is made of one function, or a round of a loop in it, and what it calls
// and starts in the package; or of an object, from its constructor on, and
// callers of its exported functions. Its objects are the channels, locks, wait
// groups, conditions, contexts and flags that are made there, every use of which
// can be seen: package heap tells what holds them. Proc 0 is the function or the
// constructor; each go statement that uses the group is a proc.
//
// # Method
//
// The control flow graph of a function is walked from its entry. What is kept
// is the operations on the group; calls that use it are inlined, deferred
// calls run in LIFO order at the exits, and loops that count are unrolled.
// Along a path it is known how a condition that is asked more than once was
// decided, which case of a select was taken, and whether a receive found its
// channel closed.
//
// # What is ignored
//
// Values. A branch goes both ways unless the above decides it. Loops whose
// number of rounds is not a constant all have the same number of rounds, given
// to [Build], and there is no model if they may have several.
//
// What the outside does is assumed in favour of the program as package explore
// says: channels that come from elsewhere are always ready in the end, but
// nobody has to wait for them; calls return; a panic ends the program.
//
// Where the walk meets what it does not understand, such as a channel of its
// own that went where it cannot be followed, there is no model. So findings are
// lost rather than invented.
package model
