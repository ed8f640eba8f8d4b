// Package tests has a mistake in its test file.
package tests
