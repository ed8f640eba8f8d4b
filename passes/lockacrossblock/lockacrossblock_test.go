package lockacrossblock_test

import (
	"testing"

	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/passes/lockacrossblock"
)

func TestDefault(t *testing.T) {
	checktest.Run(t, lockacrossblock.Analyzer, "lockacrossblock/basic", "lockacrossblock/near")
}
