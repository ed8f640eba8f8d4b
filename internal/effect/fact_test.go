package effect

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/chanlint/chanlint/internal/lockset"
)

func TestFactString(t *testing.T) {
	fact := Fact{
		Waits: []FactWait{
			{Kind: Send, What: "sends on b.ch", Where: "bus.go:7"},
			{Kind: Group, What: "waits for b.wg", Where: "bus.go:9", Calls: []string{"stop"}},
		},
		Acquires: []FactLock{{Param: 0, Path: []string{"in", "mu"}, Mode: lockset.Read}},
		Releases: []FactLock{{Param: 1}},
		InPlace:  []int{2},
		Closes:   []FactChan{{Param: 0, Path: []string{"in", "ch"}, Where: "bus.go:11"}},
		Sends:    []FactChan{{Param: 3, Where: "bus.go:12"}},
	}
	const want = "sends on b.ch (bus.go:7); waits for b.wg (bus.go:9); locks #0.in.mu; unlocks #1.; calls #2; " +
		"closes #0.in.ch (bus.go:11); sends on #3. (bus.go:12)"
	if got := fact.String(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := new(Fact).String(); got != "" {
		t.Errorf("got %q for a fact without content", got)
	}
}

// mostBytes is how long the encoding of a fact may be. A program of a thousand
// packages has facts by the ten thousand.
const mostBytes = 1024

// TestFactSize measures the facts of functions that have more to say than a
// fact has room for.
func TestFactSize(t *testing.T) {
	largest := 0
	for _, r := range loadWorld(t, worst()) {
		for _, f := range r.Funcs {
			fact := r.Fact(f)
			if f.Obj == nil || fact == nil {
				continue
			}
			var buf bytes.Buffer
			if err := gob.NewEncoder(&buf).Encode(fact); err != nil {
				t.Fatal(err)
			}
			largest = max(largest, buf.Len())
			if buf.Len() > mostBytes {
				t.Errorf("the fact of %s has %d bytes, want %d at most: %v", f.Name, buf.Len(), mostBytes, fact)
			}
			if n := max(len(fact.Closes), len(fact.Sends)); n > mostFactChans {
				t.Errorf("the fact of %s has %d channels of a kind, want %d at most", f.Name, n, mostFactChans)
			}
			if n := len(fact.Waits); n > mostFactWaits {
				t.Errorf("the fact of %s has %d waits, want %d at most", f.Name, n, mostFactWaits)
			}
		}
	}
	if largest < mostBytes/4 {
		t.Errorf("the largest fact has %d bytes: is there anything to measure?", largest)
	}
}

// worst is a package of functions that wait in many ways, some calls away, and
// take many locks. The calls that lead to a wait are not bounded, so facts
// grow with their number.
func worst() []txtar.File {
	const fields = 8
	var b strings.Builder
	b.WriteString("package worst\n\nimport \"sync\"\n\ntype aTypeWithManyFields struct {\n")
	for i := range fields {
		fmt.Fprintf(&b, "\tmutexWithALongName%d sync.Mutex\n\tchannelWithALongName%d chan int\n", i, i)
	}
	b.WriteString("}\n\n")
	body := func(format string) {
		for i := range fields {
			fmt.Fprintf(&b, format, i)
		}
		b.WriteString("}\n\n")
	}
	b.WriteString("func (t *aTypeWithManyFields) SendOnAll() {\n")
	body("\tt.channelWithALongName%d <- 1\n")
	b.WriteString("func (t *aTypeWithManyFields) CloseAll() {\n")
	body("\tclose(t.channelWithALongName%d)\n")
	b.WriteString("func (t *aTypeWithManyFields) LockAll() {\n")
	body("\tt.mutexWithALongName%d.Lock()\n")
	b.WriteString("func (t *aTypeWithManyFields) UnlockAll() {\n")
	body("\tt.mutexWithALongName%d.Unlock()\n")
	callee := "SendOnAll"
	for i := range 6 {
		name := fmt.Sprintf("FunctionWithALongName%d", i)
		fmt.Fprintf(&b, "func (t *aTypeWithManyFields) %s() { t.%s() }\n\n", name, callee)
		callee = name
	}
	return []txtar.File{{Name: "worst/a_file_with_a_long_name.go", Data: []byte(b.String())}}
}
