package known

import (
	"go/parser"
	"go/token"
	"os"
	"strings"
	"testing"
)

func TestBoundless(t *testing.T) {
	for name, want := range map[string]bool{
		"github.com/chanlint/chanlint/runtime/mpsc.NewUnbounded": true,
		"github.com/chanlint/chanlint/runtime/mpsc.New":          false,
		"github.com/eapache/channels.NewInfiniteChannel":         true,
		"github.com/eapache/channels.NewRingChannel":             false,
		"github.com/smallnest/chanx.NewUnboundedChan":            true,
		"": false,
	} {
		if got := Boundless(name); got != want {
			t.Errorf("Boundless(%q) = %t, want %t", name, got, want)
		}
	}
}

// TestCompanionBoundless checks that the companion library has the functions
// that the table speaks of.
func TestCompanionBoundless(t *testing.T) {
	source, err := os.ReadFile("../../runtime/mpsc/mpsc.go")
	if err != nil {
		t.Fatal(err)
	}
	f, err := parser.ParseFile(token.NewFileSet(), "mpsc.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	for name := range companionBoundless() {
		if fn := name[strings.LastIndex(name, ".")+1:]; f.Scope.Lookup(fn) == nil {
			t.Errorf("%s does not exist", name)
		}
	}
}
