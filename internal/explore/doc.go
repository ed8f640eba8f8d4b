// Package explore finds goroutines that can be left blocked for ever, by
// running every schedule of a small concurrent program.
//
// The caller describes a closed group: the channels, locks and wait groups
// whose every use it can see, and for each goroutine that uses them a control
// flow graph of the operations on them ([Program]). [Explore] visits every
// state the group can get into and answers [Clean], [Stuck] with a shortest
// schedule as proof ([Witness]), or [GaveUp].
//
// # What stuck means
//
// A goroutine is stuck for ever in state s if it is blocked in s and, in every
// state that can be reached from s, still waits at the same instruction. So it
// is not only a deadlock of all: one abandoned sender is enough, whatever the
// others go on doing. It does not matter how likely a release is; one schedule
// that releases the goroutine clears it.
//
// # Method
//
// A state is one program counter per goroutine, the number of elements in each
// buffer, closed flags, lock words and counters: a short string of bytes.
// Values that are sent are not part of it. States are visited breadth first, so
// the first path found to a state is a shortest one. The graph is kept, and
// then read backwards: a goroutine can be released in s if some edge out of s
// moves it, or leads to a state where it can be released. What remains is stuck.
//
// Each operation does what the language, package sync and package context
// promise, and no more: any waiting sender may be the one a receiver meets, any
// waiter of a condition variable may be the one that Signal wakes. A select
// with default takes a case that is ready for certain (a buffered element, a
// closed channel), but may miss a partner that has only just arrived.
//
// # The world outside
//
// What the group cannot see is assumed as follows, always in favour of the
// program, so that findings are lost rather than invented:
//   - a timer, and a context marked Env, may fire at any moment or never.
//     Nothing that waits for one is stuck, but what is left behind when it
//     fires may be;
//   - a call out of the group returns; it is no operation at all;
//   - an outside party that may call at any time, and may stop calling, is a
//     proc that loops over a Branch whose ways are the calls and Return;
//   - when main returns the others live on (it may be anybody's library),
//     unless [Options.MainEndsAll];
//   - a panic, a send on a closed channel and the like end the program. A
//     goroutine that such an end can still reach is not stuck.
//
// Past a stated budget of states, or of goroutines of one kind, lies the
// unknown, and whoever may get there may be released there. A goroutine that
// cannot is still reported.
//
// # What is left out
//
// First of all the search only wants to know who can be stuck where, and leaves
// out what makes no difference to that: in each state only a crew of goroutines
// moves that no other can interfere with (see crews in reduce.go), goroutines
// of one proc are interchangeable, and a condition that nobody will ask again
// is forgotten. If somebody can be stuck, a second search without crews looks
// for schedules in which nobody moves without need. The tests compare both with
// a search that leaves nothing out.
//
// # Cost
//
// A state costs a few microseconds and about two kilobytes, and the number of
// states grows with each goroutine by a factor: about 3 for a pipeline whose
// every stage may give up, 1.5 for one more of several equal workers. Default
// bounds stop a search after a fraction of a second.
//
// # Limits
//
// Values are not followed, nor which channel came out of another: each object
// is one channel for good. So a channel made in a loop is modelled for one
// iteration, with Return in place of the way back. Which waiter a Signal wakes
// is open, though package sync takes them in turn. A Context has no children;
// to cancel them is to cancel each.
package explore
