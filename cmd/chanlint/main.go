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
	args := os.Args[1:]
	if unit.Serves(args) {
		unit.Main(chanlint.Analyzers())
	}
	os.Exit(cli.Main(chanlint.Analyzers(), args, os.Stdout, os.Stderr))
}
