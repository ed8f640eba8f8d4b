package chanleak_test

import (
	"testing"

	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/passes/chanleak"
)

func TestCompanion(t *testing.T) {
	checktest.Run(t, chanleak.Analyzer, "chanleak/companion")
}
