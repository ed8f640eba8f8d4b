package main

import (
	"bytes"
	"strings"
	"testing"
	"time"
)

// The mistakes of the service lie on paths that the demonstration does not
// take, as they would in a service that passes its tests.
func TestRun(t *testing.T) {
	var out bytes.Buffer
	ended := make(chan error, 1)
	go func() { ended <- run(t.Context(), &out) }()
	select {
	case err := <-ended:
		if err != nil {
			t.Fatalf("run() = %v, want nil", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("run has not returned after 10s")
	}
	for _, want := range []string{
		"GET /healthz: 200 up\n",
		"POST /work: 200 {\"id\":1,\"left\":93}\n",
		"POST /work: 400 count is above the limit\n",
		"POST /work: 200 {\"id\":2,\"left\":3}\n",
		"POST /work: 409 out of stock\n",
		"events seen: 2\n",
		"orders delivered: 2\n",
	} {
		if got := out.String(); !strings.Contains(got, want) {
			t.Errorf("run printed\n%s\nwant a line %q", got, want)
		}
	}
}
