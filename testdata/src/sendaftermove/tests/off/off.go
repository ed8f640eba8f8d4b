// Package off has a mistake in its test file.
package off
