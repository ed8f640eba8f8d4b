// Package cobra stands for the library of that name.
package cobra

type Command struct {
	Use  string
	RunE func(cmd *Command, args []string) error
}

func (c *Command) Println(i ...any) {}
