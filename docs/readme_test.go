package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestReadmeOutput checks that the first command of the README prints what the
// README says.
func TestReadmeOutput(t *testing.T) {
	const goRun = "go run ./cmd/chanlint "
	blocks := codeBlocks(read(t, filepath.Join(root, "README.md")))
	i := slices.IndexFunc(blocks, func(b string) bool { return strings.HasPrefix(b, goRun) })
	if i < 0 || i+1 == len(blocks) {
		t.Fatalf("README.md has no block with %q and one with its output", goRun)
	}
	args := strings.Fields(strings.TrimPrefix(blocks[i], goRun))
	for _, pkg := range args { // so that the test cache knows what the command reads
		if !strings.HasPrefix(pkg, "./") {
			continue // a flag
		}
		files, err := filepath.Glob(filepath.Join(root, pkg, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("package %s has no files (%v)", pkg, err)
		}
		for _, file := range files {
			read(t, file)
		}
	}
	got := filepath.ToSlash(run(t, root, args...))
	if diff := cmp.Diff(blocks[i+1], got); diff != "" {
		t.Errorf("output of chanlint %q (-README +got):\n%s", args, diff)
	}
}

// TestReadmeExample checks that the code that the README shows of the library
// is that of an example, which is compiled and run.
func TestReadmeExample(t *testing.T) {
	examples := read(t, filepath.Join(root, "runtime", "mpsc", "example_test.go"))
	for _, block := range codeBlocks(read(t, filepath.Join(root, "README.md"))) {
		if !strings.Contains(block, "mpsc.New") {
			continue
		}
		indented := regexp.MustCompile(`(?m)^(.)`).ReplaceAllString(block, "\t$1")
		if !strings.Contains(examples, indented) {
			t.Errorf("no example of package mpsc contains\n%s", block)
		}
		return
	}
	t.Error("README.md shows no code of package mpsc")
}

// TestReadmeTables checks that the README lists the passes and the packages of
// the library.
func TestReadmeTables(t *testing.T) {
	readme := read(t, filepath.Join(root, "README.md"))

	var passes []string
	for _, a := range documented() {
		passes = append(passes, a.Name)
	}
	slices.Sort(passes)
	checkList(t, "the table of passes", cells(readme, `\[(\w+)\]\(docs/passes\.md#\w+\)`), passes)

	docs, err := filepath.Glob(filepath.Join(root, "runtime", "*", "doc.go"))
	if err != nil {
		t.Fatal(err)
	}
	var packages []string
	for _, file := range docs {
		packages = append(packages, filepath.Base(filepath.Dir(file)))
	}
	checkList(t, "the table of the library", cells(readme, "`runtime/(\\w+)`"), packages)
}

// TestDependencies checks that docs/dependencies.md lists what go.mod requires,
// and the nested modules.
func TestDependencies(t *testing.T) {
	page := read(t, "dependencies.md")
	var required []string
	for line := range strings.Lines(read(t, filepath.Join(root, "go.mod"))) {
		fields := strings.Fields(strings.TrimPrefix(line, "require "))
		isModule := len(fields) >= 2 && strings.Contains(fields[0], ".")
		if isModule && !strings.Contains(line, "// indirect") {
			required = append(required, fields[0])
		}
	}
	slices.Sort(required)
	checkList(t, "the tables of dependencies", cells(page, "`([\\w-]+\\.[\\w./-]+)`"), required)

	_, nested, _ := strings.Cut(page, "## Of the nested modules")
	checkList(t, "the table of nested modules", cells(nested, "`([\\w/]+)`"), nestedModules(t))
}

// cells returns what form finds in the first cells of the tables of a page,
// sorted.
func cells(page, form string) []string {
	first := regexp.MustCompile(`^\| ` + form + ` \|`)
	var all []string
	for _, line := range proseLines(page) {
		if m := first.FindStringSubmatch(line); m != nil {
			all = append(all, m[1])
		}
	}
	slices.Sort(all)
	return all
}

// nestedModules returns the folders of the modules inside this one, sorted.
func nestedModules(t *testing.T) []string {
	t.Helper()
	var all []string
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || d.Name() == ".git") {
			return fs.SkipDir
		}
		if dir := filepath.Dir(path); d.Name() == "go.mod" && dir != root {
			rel, err := filepath.Rel(root, dir)
			all = append(all, filepath.ToSlash(rel))
			return err
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// TestLinks checks that the links from one page to another lead somewhere.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	for _, page := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(strings.Join(proseLines(read(t, page)), "\n"), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			file, fragment, _ := strings.Cut(m[1], "#")
			target := page
			if file != "" {
				target = filepath.Join(filepath.Dir(page), file)
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s: link to %s: %v", page, m[1], err)
			} else if fragment != "" && !slices.Contains(anchors(read(t, target)), fragment) {
				t.Errorf("%s: link to %s: there is no such heading", page, m[1])
			}
		}
	}
}

// pages returns the Markdown files of the documentation.
func pages(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"*.md", "docs/*.md", "bench/*.md", "examples/*.md"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, files...)
	}
	if len(all) == 0 {
		t.Fatal("there are no pages")
	}
	return all
}

// codeBlocks returns the contents of the fenced blocks of a page.
func codeBlocks(page string) []string {
	var all []string
	for _, m := range regexp.MustCompile("(?ms)^```\\w*\n(.*?)^```$").FindAllStringSubmatch(page, -1) {
		all = append(all, m[1])
	}
	return all
}
