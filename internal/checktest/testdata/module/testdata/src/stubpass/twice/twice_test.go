package twice

// The package is analyzed once more with this file.
func inTest() { Good() }
