package chanleak_test

import (
	"testing"

	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/passes/chanleak"
)

func TestDefault(t *testing.T) {
	checktest.Run(t, chanleak.Analyzer, "chanleak/near", "chanleak/loops", "chanleak/main", "chanleak/main/command",
		"chanleak/missed", "chanleak/suppressed", "chanleak/locks", "chanleak/shapes")
}

func TestFixes(t *testing.T) {
	checktest.RunFixes(t, chanleak.Analyzer, "chanleak/basic", "chanleak/types", "chanleak/objects")
}

func TestStrict(t *testing.T) {
	checktest.WithFlags(t, chanleak.Analyzer, "strict=true")
	checktest.Run(t, chanleak.Analyzer, "chanleak/missed", "chanleak/near", "chanleak/strict", "chanleak/strict/caller", "chanleak/strict/rounds", "chanleak/strict/waits", "chanleak/strict/command")
}
