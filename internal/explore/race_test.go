//go:build race

package explore

// Random programs close channels while others send, and the like. The race
// detector is right to say so, unless the runs are stepped.
const raceDetector = true
