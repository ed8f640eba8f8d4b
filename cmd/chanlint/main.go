// Chanlint finds misuse of channels, locks and goroutines in Go packages.
//
// It runs by itself, or as a tool of go vet:
//
//	chanlint [flags] [packages]
//	go vet -vettool=$(which chanlint) [flags] [packages]
//
// See "chanlint help".
package main

import (
	"os"

	"github.com/chanlint/chanlint"
	"github.com/chanlint/chanlint/internal/cli"
	"github.com/chanlint/chanlint/internal/unit"
)

func main() {
	suite := unit.Suite{Own: chanlint.Analyzers(), Standard: chanlint.Standard()}
	args := os.Args[1:]
	if unit.Serves(args) {
		unit.Main(suite)
	}
	os.Exit(cli.Main(suite, args, os.Stdout, os.Stderr))
}
