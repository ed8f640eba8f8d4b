// Package tests has mistakes in its test files.
package tests
