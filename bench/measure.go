//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"log"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"time"
)

// A cost is what one run of the go command and its children took.
type cost struct {
	cpu  time.Duration // user and system
	wall time.Duration
	peak int64 // bytes of the largest process
}

// A sample is a run of one tool: all its requests are new to the go command
// in the cold run, none in the warm one.
type sample struct{ cold, warm cost }

// A tree is a directory with packages to vet.
type tree struct {
	dir      string
	packages string // a pattern
}

// prime compiles what the packages and their tests need, so that the runs
// that are measured find it in the build cache.
func (t tree) prime(floor tool) error {
	_, out, err := t.vet(floor, newTag())
	if err != nil {
		lines := strings.SplitN(strings.TrimSpace(out), "\n", 4)
		return fmt.Errorf("%w\n\t%s", err, strings.Join(lines[:min(3, len(lines))], "\n\t"))
	}
	return nil
}

// round runs every tool once cold and once warm.
func (t tree) round(tools []tool) ([]sample, error) {
	var samples []sample
	for _, tool := range tools {
		tag := newTag()
		cold, _, err := t.vet(tool, tag)
		if err := unexpected(err); err != nil {
			return nil, fmt.Errorf("%s: %w", tool.name, err)
		}
		warm, _, err := t.vet(tool, tag)
		if err := unexpected(err); err != nil {
			return nil, fmt.Errorf("%s: %w", tool.name, err)
		}
		log.Printf("%s: %s: cold %.1fs CPU, warm %.1fs", t.dir, tool.name, cold.cpu.Seconds(), warm.cpu.Seconds())
		samples = append(samples, sample{cold, warm})
	}
	return samples, nil
}

// unexpected drops the error that says that there were findings, or packages
// that do not compile: prime has shown those.
func unexpected(err error) error {
	if _, ok := errors.AsType[*exec.ExitError](err); ok {
		return nil
	}
	return err
}

// newTag returns a build tag that no run before has used. A vet tool is told
// the build tags, so each new tag makes all vet requests new to the go
// command, while what is compiled does not depend on a tag no file mentions.
func newTag() string {
	return fmt.Sprintf("chanlint_bench_%d", time.Now().UnixNano())
}

// vet runs go vet with a tool and returns what it printed.
func (t tree) vet(tool tool, tag string) (cost, string, error) {
	args := []string{"vet", "-tags=" + tag}
	if tool.path != "" {
		args = append(args, "-vettool="+tool.path)
	}
	cmd := exec.Command("go", append(args, t.packages)...)
	cmd.Dir = t.dir
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
	if cmd.ProcessState == nil {
		return cost{}, "", err
	}
	return cost{
		cpu:  cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(),
		wall: wall,
		peak: peak(cmd.ProcessState.SysUsage().(*syscall.Rusage)),
	}, out.String(), err
}

// peak returns the memory of the largest of a process and its descendants.
func peak(usage *syscall.Rusage) int64 {
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) * 1024
}
