package stub

func bad() {}

func calls() {
	bad() // want `^bad is called; call good$`
	bad() //chanlint:ignore chanleak reason
	bad() //nolint:chanlint
	//lint:ignore chanlint reason
	bad()
	// Without a reason a directive has no effect.
	// want +1 `bad is called`
	bad() //chanlint:ignore chanleak
}
