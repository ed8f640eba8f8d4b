// Package unbounded TODO
//
// # Analyzer unbounded
//
// unbounded: report queues without a limit that is felt
package unbounded
