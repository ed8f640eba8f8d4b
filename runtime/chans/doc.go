// Package chans holds what the channel primitives of this module have in
// common: the errors they return, the options they take, the [Stats] they
// keep, and the [Registry] that shows those stats to expvar, log/slog and
// Prometheus.
//
// A program seldom imports it for more than an error to compare with or a
// name to give:
//
//	tx, rx := mpsc.New[Job](64, chans.Named("jobs"))
//	expvar.Publish("channels", chans.Default)
//
// Everything here is built on the standard library, starts no goroutine and
// adds nothing to the cost of sending or receiving: stats are read from state
// the primitives hold anyway, when somebody asks.
package chans
