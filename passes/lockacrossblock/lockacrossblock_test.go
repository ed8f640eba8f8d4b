package lockacrossblock_test

import (
	"testing"

	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/internal/effect"
	"github.com/chanlint/chanlint/internal/report"
	"github.com/chanlint/chanlint/passes/lockacrossblock"
)

func TestDefault(t *testing.T) {
	checktest.Run(t, lockacrossblock.Analyzer,
		"lockacrossblock/basic",
		"lockacrossblock/near",
		"lockacrossblock/generics",
		"lockacrossblock/suppressed",
		"lockacrossblock/suppressed/ineffective",
		"lockacrossblock/tests/off")
}

func TestFixes(t *testing.T) {
	checktest.RunFixes(t, lockacrossblock.Analyzer, "lockacrossblock/fix")
}

func TestStrict(t *testing.T) {
	checktest.WithFlags(t, lockacrossblock.Analyzer, "strict=true")
	checktest.Run(t, lockacrossblock.Analyzer, "lockacrossblock/strict", "lockacrossblock/strict/crosspkg/...")
}

func TestTestFiles(t *testing.T) {
	checktest.WithFlags(t, lockacrossblock.Analyzer, "tests=true")
	checktest.WithFlags(t, effect.Analyzer, "tests=true")
	checktest.Run(t, lockacrossblock.Analyzer, "lockacrossblock/tests")
}

// TestDirectives checks what is said of the directives that silence reports.
func TestDirectives(t *testing.T) {
	a := report.CheckDirectives(lockacrossblock.Analyzer)
	checktest.Run(t, a, "lockacrossblock/suppressed", "lockacrossblock/suppressed/unused")
}
