package directives

//chanlint:ignore chanleak nothing here, but this is a test
func inTest() {}
