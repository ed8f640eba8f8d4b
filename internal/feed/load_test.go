package feed

import (
	"go/types"
	"testing"

	"github.com/chanlint/chanlint/internal/conctest"
	"github.com/chanlint/chanlint/internal/effect"
)

// load computes the effects of the package with the given source.
func load(t testing.TB, source string) *effect.Result {
	t.Helper()
	return effect.Compute(conctest.Load(t, "package a\n"+source), func(*types.Func) *effect.Fact { return nil })
}
