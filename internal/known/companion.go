package known

// The tables of the companion library. What its calls do that are not here is
// inferred like that of other modules: they wait in functions that can be seen,
// not behind function values.

// Not in the table: ranging over what priority.All, the functions of stream and
// (*stream.Map).All return, which is no call of theirs, and package capacity, in
// which nothing waits.
func companionBlocking() map[string]Blocking {
	return map[string]Blocking{
		"(*github.com/chanlint/chanlint/runtime/shutdown.Group).Run":        {Wait, true, "waits for the shutdown"}, // which the end of its context begins
		"(*github.com/chanlint/chanlint/runtime/shutdown.Group).Shutdown":   {Wait, true, "waits for the shutdown"},
		"(*github.com/chanlint/chanlint/runtime/shutdown.Group).Wait":       {Wait, true, "waits for the functions of the group"},
		"(*github.com/chanlint/chanlint/runtime/stream.Map[K, T]).Close":    {Wait, false, "waits for the sources to end"},
		"(*github.com/chanlint/chanlint/runtime/stream.Map[K, T]).Insert":   {Wait, false, "waits for the source it replaces"},
		"(*github.com/chanlint/chanlint/runtime/stream.Map[K, T]).Next":     {Chan, true, "waits for a value"},
		"(*github.com/chanlint/chanlint/runtime/stream.Map[K, T]).NextMany": {Chan, true, "waits for a value"},
		"(*github.com/chanlint/chanlint/runtime/stream.Map[K, T]).Remove":   {Wait, false, "waits for the source to end"},
		"github.com/chanlint/chanlint/runtime/priority.First":               {Chan, true, "waits for a value"},
		"github.com/chanlint/chanlint/runtime/priority.Ready":               {Chan, true, "waits for a signal"},
		"github.com/chanlint/chanlint/runtime/priority.Recv2":               {Chan, true, "waits for a value"},
		"github.com/chanlint/chanlint/runtime/priority.Recv3":               {Chan, true, "waits for a value"},
		"github.com/chanlint/chanlint/runtime/priority.Recv4":               {Chan, true, "waits for a value"},
	}
}

func companionCallbacks() map[string][]Callback {
	return map[string][]Callback{
		"(*github.com/chanlint/chanlint/runtime/shutdown.Group).Go":       {{1, Goroutine}},
		"(*github.com/chanlint/chanlint/runtime/shutdown.Group).Intake":   {{1, Goroutine}},
		"(*github.com/chanlint/chanlint/runtime/shutdown.Group).On":       {{2, Goroutine}}, // in the shutdown
		"(*github.com/chanlint/chanlint/runtime/stream.Map[K, T]).Insert": {{1, Goroutine}},
		"github.com/chanlint/chanlint/runtime/stream.Chunks":              {{1, Stored}}, // by the loop over what it returns, on another goroutine if it has a time
		"github.com/chanlint/chanlint/runtime/stream.Collect":             {{0, InPlace}},
		"github.com/chanlint/chanlint/runtime/stream.MapWhile":            {{0, Stored}, {1, Stored}},
		"github.com/chanlint/chanlint/runtime/stream.Marked":              {{0, Stored}},
		"github.com/chanlint/chanlint/runtime/stream.Results":             {{0, Stored}},
		"github.com/chanlint/chanlint/runtime/stream.Seq":                 {{0, Stored}},
		"github.com/chanlint/chanlint/runtime/stream.SkipWhile":           {{0, Stored}, {1, Stored}},
		"github.com/chanlint/chanlint/runtime/stream.TakeWhile":           {{0, Stored}, {1, Stored}},
		"github.com/chanlint/chanlint/runtime/stream.Throttle":            {{1, Stored}},
		"github.com/chanlint/chanlint/runtime/stream.Timeout":             {{1, Stored}}, // on another goroutine
		"github.com/chanlint/chanlint/runtime/stream.TimeoutRepeating":    {{1, Stored}}, // on another goroutine
	}
}
