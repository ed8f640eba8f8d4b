// Package basic holds each default rule's bug next to its fixed twin.
//
// The files whose names start with deadlock show locks that are never
// released: the party that would end the wait needs the lock itself. The files
// whose names start with stall show waits that do end, but that stop everybody
// who takes the lock only to look at some state.
//
// An expectation stands at the operation that waits. If the operation is in a
// function called with the lock held, it stands at the call; if that function
// says by its name that it is entered with the lock held, it stands at the
// operation itself and the callers are silent.
package basic
