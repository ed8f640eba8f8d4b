package report

import "testing"

func TestForTests(t *testing.T) {
	for path, want := range map[string]bool{
		"testing":                             true,
		"testing/synctest":                    true,
		"github.com/stretchr/testify/require": true,
		"github.com/onsi/ginkgo/v2":           true,
		"gotest.tools/v3/assert":              true,
		"testings":                            false,
		"github.com/stretchr/objx":            false,
		"":                                    false,
	} {
		if got := forTests(path); got != want {
			t.Errorf("forTests(%q) = %t, want %t", path, got, want)
		}
	}
}
