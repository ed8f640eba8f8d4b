// Package strict holds what the strict rules add: waits that end by themselves
// or by somebody outside of the program, and calls of functions that are not
// known. Each stands next to its fixed twin.
package strict
