package unbounded_test

import (
	"testing"

	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/passes/unbounded"
)

func TestDefault(t *testing.T) {
	checktest.Run(t, unbounded.Analyzer, "unbounded/near", "unbounded/missed", "unbounded/suppressed")
}

func TestFixes(t *testing.T) {
	checktest.RunFixes(t, unbounded.Analyzer, "unbounded/basic")
}

func TestStrict(t *testing.T) {
	checktest.WithFlags(t, unbounded.Analyzer, "strict=true")
	checktest.Run(t, unbounded.Analyzer, "unbounded/strict", "unbounded/strict/growth", "unbounded/near")
}

func TestSizes(t *testing.T) {
	checktest.WithFlags(t, unbounded.Analyzer, "strict=true", "elements=100", "bytes=512")
	checktest.Run(t, unbounded.Analyzer, "unbounded/flags")
}
