// Package off has mistakes in its test files, which are not asked for.
package off
