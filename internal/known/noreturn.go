package known

// NeverReturns reports whether a call of the function with that full name
// never comes back: it ends the process or the goroutine, or it panics.
// Deferred calls run for those that end the goroutine or panic only.
func NeverReturns(fullName string) bool { return noReturns()[fullName] }

var noReturns = table(stdNoReturns, moduleNoReturns)

func stdNoReturns() map[string]bool {
	return map[string]bool{
		"(*log.Logger).Fatal":       true,
		"(*log.Logger).Fatalf":      true,
		"(*log.Logger).Fatalln":     true,
		"(*log.Logger).Panic":       true,
		"(*log.Logger).Panicf":      true,
		"(*log.Logger).Panicln":     true,
		"(*testing.common).FailNow": true,
		"(*testing.common).Fatal":   true,
		"(*testing.common).Fatalf":  true,
		"(*testing.common).Skip":    true,
		"(*testing.common).SkipNow": true,
		"(*testing.common).Skipf":   true,
		"(testing.TB).FailNow":      true, // nobody else can implement TB
		"(testing.TB).Fatal":        true,
		"(testing.TB).Fatalf":       true,
		"(testing.TB).Skip":         true,
		"(testing.TB).SkipNow":      true,
		"(testing.TB).Skipf":        true,
		"log.Fatal":                 true,
		"log.Fatalf":                true,
		"log.Fatalln":               true,
		"log.Panic":                 true,
		"log.Panicf":                true,
		"log.Panicln":               true,
		"os.Exit":                   true,
		"runtime.Goexit":            true,
		"syscall.Exit":              true,
		"testing.Main":              true,
	}
}
