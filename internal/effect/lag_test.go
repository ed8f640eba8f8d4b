package effect_test

import (
	"bytes"
	"encoding/gob"
	"strings"
	"testing"

	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/internal/effect"
)

// TestLagFacts checks what is said of the types and functions of a package,
// and of the companion library.
func TestLagFacts(t *testing.T) {
	checktest.Run(t, effect.Lag, "lagignored/crosspkg/bus")
}

func TestLagSignalString(t *testing.T) {
	for _, test := range []struct {
		signal effect.LagSignal
		want   string
	}{
		{effect.LagSignal{Members: []string{"Err", "Canceled"}}, "look at Err or Canceled"},
		{effect.LagSignal{Errors: []string{"ErrGap"}}, "goes on after ErrGap"},
		{effect.LagSignal{Handlers: []int{0, 2}, Result: true}, "needs #0; needs #2; look at the result"},
		{effect.LagSignal{}, ""},
	} {
		if got := test.signal.String(); got != test.want {
			t.Errorf("%#v is printed as %q, want %q", test.signal, got, test.want)
		}
	}
}

// TestLagSignalSize bounds a fact that is longer than any that was seen.
func TestLagSignalSize(t *testing.T) {
	const most = 512
	name := strings.Repeat("n", 40)
	fact := effect.LagSignal{Members: []string{name, name, name}, Errors: []string{name, name}, Handlers: []int{1, 2}, Result: true}
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(fact); err != nil {
		t.Fatal(err)
	}
	if buf.Len() > most {
		t.Errorf("the fact has %d bytes, want %d at most", buf.Len(), most)
	}
}
