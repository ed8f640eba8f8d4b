package unit

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"
)

// Fast answers a request for facts about a package that has none, if that
// can be told without analyzing it: the package belongs to the standard
// library, or it is boring, carries no directive, and none of its imports
// has a fact.
//
// It reports whether it has written the answer. If it has not, nothing is
// written, and err says why a package without facts could not be answered
// (it is nil if the package may have facts, or more than facts is wanted).
//
// Boring is asked twice: with the import declarations of the files alone,
// then with the whole files, without comments. It must answer for what it
// sees, and so never say no to the first and yes to the second.
func Fast(cfg *unitchecker.Config, boring func(files []*ast.File) bool) (done bool, err error) {
	if !cfg.VetxOnly || cfg.VetxOutput == "" {
		return false, nil // diagnostics are wanted
	}
	r := request{cfg: cfg, fset: token.NewFileSet(), imports: make(map[string]*types.Package)}

	std := isStd(cfg, os.Getenv("GOROOT"))
	if !std {
		if facts, err := r.importsFacts(); facts || err != nil {
			return false, err
		}
	}
	if err := r.read(); err != nil {
		return false, err
	}
	files, ok, err := r.parse(std, boring)
	if !ok || err != nil {
		return false, err
	}
	pkg, err := r.check(files)
	if err != nil {
		return false, err
	}
	if err := writeTypes(r.fset, pkg, r.cfg.VetxOutput); err != nil {
		return false, err
	}
	return true, nil
}

// readConfig reads the configuration file of a request.
func readConfig(file string) (*unitchecker.Config, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	cfg := new(unitchecker.Config)
	if err := json.Unmarshal(data, cfg); err != nil {
		return nil, fmt.Errorf("decoding %s: %w", file, err)
	}
	return cfg, nil
}

// isStd reports whether the package belongs to the standard library: its
// directory lies in GOROOT/src, and it is not part of the go command or the
// other programs there. The configuration says so of the imports only.
func isStd(cfg *unitchecker.Config, goroot string) bool {
	if goroot == "" || cfg.ImportPath == "cmd" || strings.HasPrefix(cfg.ImportPath, "cmd/") {
		return false
	}
	rel, err := filepath.Rel(filepath.Join(goroot, "src"), cfg.Dir)
	return err == nil && rel != "." && filepath.IsLocal(rel)
}

// A request is one configuration file on its way to an answer.
type request struct {
	cfg     *unitchecker.Config
	fset    *token.FileSet
	sources [][]byte // of cfg.GoFiles
	imports map[string]*types.Package
}

// importsFacts reports whether an import has facts. The files of the direct
// imports also hold the facts of indirect ones that may be seen through them.
func (r *request) importsFacts() (bool, error) {
	for _, file := range r.cfg.PackageVetx {
		if facts, err := hasFacts(file); facts || err != nil {
			return facts, err
		}
	}
	return false, nil
}

func (r *request) read() error {
	for _, name := range r.cfg.GoFiles {
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		r.sources = append(r.sources, src)
	}
	return nil
}

// parse returns the files, or not ok if the package may have facts.
// A file of the standard library comes without function bodies.
func (r *request) parse(std bool, boring func([]*ast.File) bool) (files []*ast.File, ok bool, err error) {
	if std {
		for i, src := range r.sources {
			r.sources[i] = blankBodies(src)
		}
		files, err = r.parseFiles(r.fset, parser.SkipObjectResolution)
		return files, err == nil, err
	}

	for _, src := range r.sources {
		if bytes.Contains(src, []byte("//chanlint:")) {
			return nil, false, nil
		}
	}
	files, err = r.parseFiles(token.NewFileSet(), parser.ImportsOnly|parser.SkipObjectResolution)
	if err != nil || !boring(files) {
		return nil, false, err
	}
	files, err = r.parseFiles(r.fset, parser.SkipObjectResolution)
	if err != nil || !boring(files) {
		return nil, false, err
	}
	return files, true, nil
}

func (r *request) parseFiles(fset *token.FileSet, mode parser.Mode) ([]*ast.File, error) {
	var files []*ast.File
	for i, name := range r.cfg.GoFiles {
		f, err := parser.ParseFile(fset, name, r.sources[i], mode)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// check type-checks the declarations; what they refer to elsewhere comes from
// the vetx files of the imports.
func (r *request) check(files []*ast.File) (*types.Package, error) {
	conf := types.Config{
		Importer:         r,
		Sizes:            types.SizesFor("gc", build.Default.GOARCH),
		GoVersion:        r.cfg.GoVersion,
		IgnoreFuncBodies: true,
	}
	return conf.Check(r.cfg.ImportPath, r.fset, files, nil)
}

// Import implements [types.Importer].
func (r *request) Import(importPath string) (*types.Package, error) {
	path, ok := r.cfg.ImportMap[importPath]
	if !ok {
		return nil, fmt.Errorf("import %q is not in the configuration", importPath)
	}
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if pkg, ok := r.imports[path]; ok && pkg.Complete() {
		return pkg, nil
	}
	file, ok := r.cfg.PackageVetx[path]
	if !ok {
		return nil, errors.New("no vetx file for " + path)
	}
	return readTypes(r.fset, r.imports, file, path)
}
