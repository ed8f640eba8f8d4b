package sendaftermove_test

import (
	"testing"

	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/passes/sendaftermove"
)

func TestDefault(t *testing.T) {
	checktest.Run(t, sendaftermove.Analyzer,
		"sendaftermove/near",
		"sendaftermove/valuesnear",
		"sendaftermove/companion",
		"sendaftermove/crosspkg/...",
		"sendaftermove/generics",
		"sendaftermove/missed",
		"sendaftermove/suppressed",
		"sendaftermove/tests/off")
}

func TestFixes(t *testing.T) {
	checktest.RunFixes(t, sendaftermove.Analyzer, "sendaftermove/basic", "sendaftermove/values")
}

func TestStrict(t *testing.T) {
	checktest.WithFlags(t, sendaftermove.Analyzer, "strict=true")
	checktest.RunFixes(t, sendaftermove.Analyzer, "sendaftermove/strict")
}

func TestTestFiles(t *testing.T) {
	checktest.WithFlags(t, sendaftermove.Analyzer, "tests=true")
	checktest.WithFlags(t, effect.Analyzer, "tests=true")
	checktest.Run(t, sendaftermove.Analyzer, "sendaftermove/tests")
}
