package unit

import (
	"flag"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/analysis/unitchecker"
)

// The go command asks for the facts of some packages and for the diagnostics of
// others, but keeps one answer for both: a package without tests of its own
// that is first a dependency, and is asked for later, would have no diagnostics,
// and one that is a dependency later would have them still. Whoever shows
// diagnostics must therefore choose by package, and see to it that all answers
// are whole: the command does, by the flag -asked.

// askedFlag defines the flag -asked, which only the tool has. Its value makes no
// difference but that answers with another one do not count.
func askedFlag(flags *flag.FlagSet) {
	flags.String("asked", "", "with -json, report on the dependencies in the main modules, too; the value, the packages that were asked for if they may be others, keeps answers apart")
}

// widen makes of a request for facts one for all, if its answer may later be
// taken for that, and reports whether it has.
func widen(cfg *unitchecker.Config, args []string) bool {
	var json, asked bool
	for name, value := range flagsOf(args) {
		json = json || name == "json" && value != "false"
		asked = asked || name == "asked"
	}
	if !cfg.VetxOnly || !json || !asked {
		return false
	}
	if cfg.ModulePath == "" || cfg.ModuleVersion != "" || hasTests(cfg) {
		return false // of another module, or asked for as another variant
	}
	cfg.VetxOnly = false
	return true
}

// hasTests reports whether the package has test files inside of it. Whoever asks
// for it then asks for the variant that has them. Files with build constraints
// do not count, if they are not met.
func hasTests(cfg *unitchecker.Config) bool {
	if len(cfg.GoFiles) == 0 {
		return false
	}
	name := packageName(cfg.GoFiles[0])
	entries, err := os.ReadDir(cfg.Dir)
	return err == nil && slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		if !isTest(e.Name()) {
			return false
		}
		match, err := build.Default.MatchFile(cfg.Dir, e.Name())
		return err == nil && match && packageName(filepath.Join(cfg.Dir, e.Name())) == name
	})
}

// packageName is the name of the package that a file belongs to, "" if it
// cannot be read.
func packageName(file string) string {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly)
	if err != nil {
		return ""
	}
	return f.Name.Name
}
