// Package command has commands of a program, which ends soon after them.
package command

import (
	"errors"

	"github.com/spf13/cobra"
)

func load() error { return nil }

func New() *cobra.Command {
	return &cobra.Command{
		Use: "load",
		RunE: func(cmd *cobra.Command, args []string) error {
			errs := make(chan error)
			go func() { errs <- load() }()
			if len(args) == 0 {
				return errors.New("nothing to load")
			}
			return <-errs
		},
	}
}

func NewAll() *cobra.Command {
	return &cobra.Command{Use: "all", RunE: loadAll}
}

// Each of the names leaves something behind.
func loadAll(cmd *cobra.Command, names []string) error {
	for _, name := range names {
		errs := make(chan error)
		go func() { errs <- load() }() // want `^this send on errs blocks for ever once loadAll returns early`
		if name == "" {
			continue
		}
		cmd.Println(<-errs)
	}
	return nil
}

type setup struct{ cmd *cobra.Command }

// start has the command in a structure, and serve is given it.
func (s setup) start(names []string) error { return serve(s.cmd, names) }

func serve(cmd *cobra.Command, names []string) error {
	errs := make(chan error)
	go func() { errs <- load() }()
	if len(names) == 0 {
		return errors.New("nothing to serve")
	}
	return <-errs
}

// A command that hangs does not end.
func hang(cmd *cobra.Command, names []string) error {
	errs := make(chan error)
	go func() {
		if err := load(); err != nil {
			errs <- err
		}
	}()
	return <-errs // want `^this receive from errs blocks for ever`
}

// Load is what others may call as well.
func Load(names []string) error {
	errs := make(chan error)
	go func() { errs <- load() }() // want `^this send on errs blocks for ever once Load returns early \(line \d+\); make errs with capacity 1$`
	if len(names) == 0 {
		return errors.New("nothing to load")
	}
	return <-errs
}
