package known

// Command reports whether a function with a parameter of the named type, or a
// pointer to it, is a command of a program: it runs once, on behalf of the command
// line, and the program ends soon after it.
func Command(typeName string) bool { return moduleCommands()[typeName] }

var moduleCommands = table(func() map[string]bool {
	return map[string]bool{
		"github.com/spf13/cobra.Command":   true,
		"github.com/urfave/cli.Context":    true,
		"github.com/urfave/cli/v2.Context": true,
		"github.com/urfave/cli/v3.Command": true,
	}
})
