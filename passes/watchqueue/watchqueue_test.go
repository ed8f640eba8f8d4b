package watchqueue_test

import (
	"testing"

	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/passes/watchqueue"
)

func TestDefault(t *testing.T) {
	checktest.Run(t, watchqueue.Analyzer, "watchqueue/near", "watchqueue/companion",
		"watchqueue/lossy", "watchqueue/missed", "watchqueue/suppressed")
}

func TestFixes(t *testing.T) {
	checktest.RunFixes(t, watchqueue.Analyzer, "watchqueue/fix", "watchqueue/basic")
}

func TestStrict(t *testing.T) {
	checktest.WithFlags(t, watchqueue.Analyzer, "strict=true")
	checktest.RunFixes(t, watchqueue.Analyzer, "watchqueue/strict")
	checktest.Run(t, watchqueue.Analyzer, "watchqueue/strictnear")
}
