package lagignored_test

import (
	"testing"

	"github.com/chanlint/chanlint/internal/checktest"
	"github.com/chanlint/chanlint/internal/report"
	"github.com/chanlint/chanlint/passes/lagignored"
)

func TestDefault(t *testing.T) {
	checktest.Run(t, lagignored.Analyzer,
		"lagignored/near",
		"lagignored/crosspkg/user",
		"lagignored/generics",
		"lagignored/missed",
		"lagignored/modules",
		"github.com/eclipse/paho.mqtt.golang",
		"lagignored/suppressed")
}

func TestFixes(t *testing.T) {
	checktest.RunFixes(t, lagignored.Analyzer, "lagignored/basic")
}

func TestStrict(t *testing.T) {
	checktest.WithFlags(t, lagignored.Analyzer, "strict=true")
	checktest.Run(t, lagignored.Analyzer, "lagignored/strict", "lagignored/unasked", "lagignored/unaskednear")
}

// TestDirectives checks what is said of the directives that silence reports.
func TestDirectives(t *testing.T) {
	a := report.CheckDirectives(lagignored.Analyzer)
	checktest.Run(t, a, "lagignored/suppressed")
}
