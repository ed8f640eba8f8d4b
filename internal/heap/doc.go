// Package heap finds which objects the variables, fields and elements of a part
// of a program hold: a root function and what it calls and starts within its
// package.
//
// # Method
//
// Functions are told apart by activation: the chain of calls and go statements
// that leads to them from the root. An object is what one instruction makes in
// one activation. All activations are scanned for what they store, send, and
// return, again and again until nothing new is found; order is ignored, so a
// location holds what is stored to it anywhere. A location that may hold two
// different objects holds [Unknown].
//
// What the root is given is external: it has a name, by which it is the same
// everywhere, but others may use it too. An object that goes where it is not
// followed has escaped, and so has what is found by going through a list of
// objects, or is one of several that are found by an index that is not known.
//
// # What is ignored
//
// That pointers are nil at first or later, except for channels; aliases among
// what is external. Elements with different indices are one unless the indices
// are constants. Which calls may be recursive is reported to the caller, who
// must give up.
package heap
