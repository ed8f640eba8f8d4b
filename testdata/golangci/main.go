// Golangci is golangci-lint with the chanlint plugin, as "golangci-lint custom"
// builds it.
package main

import (
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"

	_ "github.com/chanlint/chanlint/gclplugin"
)

func main() {
	if err := commands.Execute(commands.BuildInfo{Version: "with-chanlint"}); err != nil {
		os.Exit(3)
	}
}
