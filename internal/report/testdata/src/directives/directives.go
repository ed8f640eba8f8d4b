package directives

func bad() {}

func good() {}

func used() {
	bad() //chanlint:ignore chanleak reason
	//nolint:chanlint
	good() // others complain about nolint
}

//chanlint:ignore chanleak reason // want `^nothing is silenced by this directive; remove it$`
func unused() {
	// want +1 `^nothing is silenced by this directive; remove it$`
	good() //chanlint:ignore chanleak reason
	//chanlint:ignore chanleak reason // want `nothing is silenced`
	good()
}

func malformed() {
	// want +1 `^this directive gives no reason, so it silences nothing; add a reason behind the name$`
	bad() //chanlint:ignore chanleak
	// want +1 `^chanleek is not a pass of chanlint; write chanleak$`
	bad() //chanlint:ignore chanleek reason
}
