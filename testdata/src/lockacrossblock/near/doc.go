// Package near holds near misses: each function looks like one of the bugs in
// package basic, and a comment says why it is none. The default rules are silent
// here; the strict ones are not.
package near
