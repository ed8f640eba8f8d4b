package directivestests

//chanlint:ignore chanleak nothing here // want `nothing is silenced`
func inTest() {}
