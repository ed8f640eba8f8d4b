// Package trail carries the steps that lead to a finding through the output
// of go vet -json, which has no place for them: each step is a related position
// whose message is for programs.
package trail

import (
	"encoding/json"
	"strings"
)

// A Step is what one goroutine does on the way to a finding. It goes with the
// position where it does so.
type Step struct {
	Actor   string `json:"actor"`           // the goroutine
	Message string `json:"message"`         // to be read after its name: "sends on results"
	Peer    string `json:"peer,omitempty"`  // the goroutine that it meets, starts or wakes
	Stuck   bool   `json:"stuck,omitempty"` // it never goes on from here
}

// Peer is the message of the position where the peer of the step before takes
// part in it.
const Peer = "chanlint peer"

const mark = "chanlint step "

// Encode returns the message that stands for a step.
func Encode(s Step) string {
	data, err := json.Marshal(s)
	if err != nil {
		panic("a step that cannot be encoded: " + err.Error()) // of texts
	}
	return mark + string(data)
}

// Decode returns the step that a message stands for, if it does.
func Decode(message string) (s Step, ok bool) {
	data, ok := strings.CutPrefix(message, mark)
	if !ok || json.Unmarshal([]byte(data), &s) != nil {
		return Step{}, false
	}
	return s, true
}
