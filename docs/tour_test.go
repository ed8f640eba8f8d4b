package docs_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestTour does what docs/tour.md says, in an empty folder: it writes the
// files, runs the commands, and compares what they print.
func TestTour(t *testing.T) {
	page := read(t, "tour.md")
	got := newTour(t).follow(page)
	if *update {
		write(t, "tour.md", got)
	}
	if diff := cmp.Diff(read(t, "tour.md"), got); diff != "" {
		t.Errorf("tour.md is out of date, run go test ./docs -update (-page +run):\n%s", diff)
	}
	if n := strings.Count(got, "\n$ "); n < 10 {
		t.Errorf("the tour has %d commands: is that all?", n)
	}
}

// A tour is a user who reads the page.
type tour struct {
	*testing.T
	dir  string // where commands run
	home string
	env  []string
	code int // of the last command
}

// fresh is the variable that has the tour start without a cache of modules or
// builds, as on a new machine: it downloads what it needs.
const fresh = "CHANLINT_FRESH"

// newTour starts in a folder with a copy of this repository next to the
// module that the page makes.
func newTour(t *testing.T) *tour {
	t.Helper()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("the tour needs a shell")
	}
	home := t.TempDir()
	abs, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(abs, filepath.Join(home, "chanlint")); err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(home, "bin")
	env := append(os.Environ(), "GOBIN="+bin, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"),
		"GOFLAGS=-buildvcs=false", "GOWORK=off", "NO_COLOR=1")
	if os.Getenv(fresh) != "" {
		env = append(env, "GOFLAGS=-buildvcs=false -modcacherw",
			"GOMODCACHE="+filepath.Join(home, "mod"), "GOCACHE="+filepath.Join(home, "cache"))
	}
	return &tour{T: t, dir: filepath.Join(home, "jobs"), home: home, env: env}
}

var (
	fence    = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")
	fileName = regexp.MustCompile("`([\\w.]+)`[^`]*:\n*$")
)

// follow returns the page with what its commands print.
func (u *tour) follow(page string) string {
	var b strings.Builder
	rest := 0
	for _, m := range fence.FindAllStringSubmatchIndex(page, -1) {
		before := page[rest:m[0]]
		kind, block := page[m[2]:m[3]], page[m[4]:m[5]]
		b.WriteString(before)
		switch name := fileName.FindStringSubmatch(before); {
		case kind == "console":
			block = u.run(block)
		case name != nil:
			write(u.T, filepath.Join(u.dir, name[1]), block)
		default:
			u.Errorf("a block of the tour is neither a file nor commands:\n%s", block)
		}
		fmt.Fprintf(&b, "```%s\n%s```", kind, block)
		rest = m[1]
	}
	return b.String() + page[rest:]
}

// run runs the commands of a block and returns them with their output.
func (u *tour) run(block string) string {
	var b strings.Builder
	for line := range strings.Lines(block) {
		line, isCommand := strings.CutPrefix(line, "$ ")
		if !isCommand {
			continue // output, of the last time
		}
		line = strings.TrimSpace(line)
		out := u.command(line)
		if out != "" && !strings.HasSuffix(out, "\n") {
			out += "\n"
		}
		fmt.Fprintf(&b, "$ %s\n%s", line, out)
	}
	return b.String()
}

// command runs a command and returns what it prints.
func (u *tour) command(line string) string {
	u.Helper()
	if to, ok := strings.CutPrefix(line, "cd "); ok { // to the copy and back
		switch to {
		case "chanlint":
			u.dir = filepath.Join(u.home, "chanlint")
		case "..":
			u.dir = filepath.Join(u.home, "jobs")
		default:
			u.Errorf("the tour goes to %s", to)
		}
		return ""
	}
	if line == "echo $?" {
		return fmt.Sprintln(u.code)
	}
	cmd := exec.CommandContext(u.Context(), "sh", "-c", line)
	cmd.Dir, cmd.Env = u.dir, u.env
	out, err := cmd.CombinedOutput()
	exit, isExit := errors.AsType[*exec.ExitError](err)
	u.code = 0
	switch {
	case isExit:
		u.code = exit.ExitCode()
	case err != nil:
		u.Fatalf("%s: %v", line, err)
	}
	if u.code > 1 {
		u.Errorf("%s: exit code %d\n%s", line, u.code, out)
	}
	return strings.ReplaceAll(downloading.ReplaceAllString(string(out), ""), u.home, "~")
}

// downloading is what the go command says while it fills an empty cache.
var downloading = regexp.MustCompile(`(?m)^go: downloading .*\n`)
