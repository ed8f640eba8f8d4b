package selectstarve_test

import (
	"testing"

	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/passes/selectstarve"
)

func TestDefault(t *testing.T) {
	checktest.Run(t, selectstarve.Analyzer,
		"selectstarve/near",
		"selectstarve/generics",
		"selectstarve/crosspkg/...",
		"selectstarve/missed",
		"selectstarve/suppressed",
		"selectstarve/tests/off")
}

func TestFixes(t *testing.T) {
	checktest.RunFixes(t, selectstarve.Analyzer, "selectstarve/basic", "selectstarve/companion")
}

func TestStrict(t *testing.T) {
	checktest.WithFlags(t, selectstarve.Analyzer, "strict=true")
	checktest.RunFixes(t, selectstarve.Analyzer, "selectstarve/strict")
	checktest.Run(t, selectstarve.Analyzer, "selectstarve/strictnear")
}

func TestTestFiles(t *testing.T) {
	checktest.WithFlags(t, selectstarve.Analyzer, "tests=true")
	checktest.WithFlags(t, effect.Analyzer, "tests=true")
	checktest.Run(t, selectstarve.Analyzer, "selectstarve/tests")
}
