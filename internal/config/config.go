// Package config reads the configuration file of the command. What it says is
// turned into flags, so that there is one place that knows what they mean.
package config

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/chanlint/chanlint/internal/nearest"
	"github.com/chanlint/chanlint/internal/pattern"
)

// Name is that of the configuration file.
const Name = ".chanlint.yml"

// A Pass is an analyzer with its flags.
type Pass struct {
	Name, Summary string
	Flags         []Flag
}

// A Flag is a flag of a pass.
type Flag struct {
	Name, Usage string
	Bool        bool
}

// Find returns the configuration file for a folder: its own, or that of the
// nearest folder around it, up to the root of the repository. It returns ""
// if there is none.
func Find(dir string) string {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return ""
	}
	for {
		file := filepath.Join(dir, Name)
		if info, err := os.Stat(file); err == nil && !info.IsDir() {
			return file
		}
		parent := filepath.Dir(dir)
		if _, err := os.Stat(filepath.Join(dir, ".git")); err == nil || parent == dir {
			return ""
		}
		dir = parent
	}
}

// Load reads a configuration file and returns the flags that say the same.
// Paths in it are relative to its folder. An error names the file and line.
func Load(file string, passes []Pass) (args []string, err error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading the configuration: %w", err)
	}
	dec := yaml.NewDecoder(strings.NewReader(string(data)))
	var doc yaml.Node
	if err := dec.Decode(&doc); errors.Is(err, io.EOF) {
		return nil, nil // nothing in it
	} else if err != nil {
		return nil, syntaxError(file, err)
	}
	if err := dec.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: more than one document", file)
	}
	r := &reader{file: file, dir: filepath.Dir(file), passes: passes}
	r.top(doc.Content[0])
	if r.err != nil {
		return nil, r.err
	}
	return r.args, nil
}

var yamlLine = pattern.New(`^yaml: (?:line (\d+): )?(?s:(.*))$`)

// syntaxError puts the line of an error of the YAML package where editors
// look for it.
func syntaxError(file string, err error) error {
	m := yamlLine.FindStringSubmatch(err.Error())
	if m == nil || m[1] == "" {
		return fmt.Errorf("%s: %w", file, err)
	}
	return fmt.Errorf("%s:%s: %s", file, m[1], m[2])
}

// A reader turns nodes into flags, up to the first error.
type reader struct {
	file, dir string
	passes    []Pass
	args      []string
	err       error
}

// errorf records what is wrong with a node.
func (r *reader) errorf(n *yaml.Node, format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf("%s:%d:%d: %s", r.file, n.Line, n.Column, fmt.Sprintf(format, args...))
	}
}

func (r *reader) add(name, value string) { r.args = append(r.args, "-"+name+"="+value) }

// top reads the whole configuration.
func (r *reader) top(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return // comments only
	}
	var names []string
	for _, k := range keys {
		names = append(names, k.name)
	}
	r.mapping(n, "the configuration", "key", names, func(name string, value *yaml.Node) {
		i := slices.IndexFunc(keys, func(k key) bool { return k.name == name })
		keys[i].read(r, keys[i].flag, value)
	})
}

// mapping reads a mapping whose keys must be among names.
func (r *reader) mapping(n *yaml.Node, what, kind string, names []string, entry func(key string, value *yaml.Node)) {
	n = resolve(n)
	if n.Kind != yaml.MappingNode {
		r.errorf(n, "%s must be a mapping", what)
		return
	}
	seen := make(map[string]bool)
	for i := 0; i < len(n.Content) && r.err == nil; i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		switch {
		case !slices.Contains(names, key.Value):
			r.errorf(key, "unknown %s %s%s", kind, key.Value, meant(key.Value, names))
		case seen[key.Value]:
			r.errorf(key, "%s is there twice", key.Value)
		default:
			entry(key.Value, resolve(value))
		}
		seen[key.Value] = true
	}
}

// meant returns a clause about the name that may have been meant.
func meant(typed string, names []string) string {
	if best := nearest.Name(typed, names); best != "" {
		return "; is " + best + " meant?"
	}
	return "; there are " + strings.Join(names, ", ")
}

func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}

// The readers of values.

func readBool(r *reader, name string, n *yaml.Node) {
	if n.Kind != yaml.ScalarNode || n.Tag != "!!bool" {
		r.errorf(n, "%s must be true or false", name)
		return
	}
	r.add(name, strings.ToLower(n.Value))
}

func readString(r *reader, name string, n *yaml.Node) {
	if s, ok := r.text(name, n); ok {
		r.add(name, s)
	}
}

// readPath reads a path, which is relative to the folder of the file.
func readPath(r *reader, name string, n *yaml.Node) {
	if s, ok := r.text(name, n); ok {
		r.add(name, r.path(s))
	}
}

// readNames reads a list into one flag.
func readNames(r *reader, name string, n *yaml.Node) {
	if list, ok := r.list(name, n); ok && len(list) > 0 {
		r.add(name, strings.Join(list, ","))
	}
}

// readOutputs reads a list of FORMAT or FORMAT=FILE.
func readOutputs(r *reader, name string, n *yaml.Node) {
	list, _ := r.list(name, n)
	for _, out := range list {
		if format, file, ok := strings.Cut(out, "="); ok {
			out = format + "=" + r.path(file)
		}
		r.add(name, out)
	}
}

// readBuild reads flags of the go command.
func readBuild(r *reader, name string, n *yaml.Node) {
	list, _ := r.list(name, n)
	for i, arg := range list {
		if !strings.HasPrefix(arg, "-") {
			r.errorf(n.Content[i], "%s is no flag, as -tags=integration is", arg)
			return
		}
		r.args = append(r.args, arg)
	}
}

// readPasses reads the flags of each pass.
func readPasses(r *reader, name string, n *yaml.Node) {
	var names []string
	for _, p := range r.passes {
		names = append(names, p.Name)
	}
	r.mapping(n, name, "pass", names, func(pass string, value *yaml.Node) {
		i := slices.IndexFunc(r.passes, func(p Pass) bool { return p.Name == pass })
		var flags []string
		for _, f := range r.passes[i].Flags {
			flags = append(flags, f.Name)
		}
		r.mapping(value, pass, "flag", flags, func(name string, value *yaml.Node) {
			j := slices.Index(flags, name)
			if r.passes[i].Flags[j].Bool {
				readBool(r, pass+"."+name, value)
			} else {
				readString(r, pass+"."+name, value)
			}
		})
	})
}

func (r *reader) text(name string, n *yaml.Node) (string, bool) {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		r.errorf(n, "%s must be a text", name)
		return "", false
	}
	return n.Value, true
}

func (r *reader) list(name string, n *yaml.Node) ([]string, bool) {
	if n.Kind != yaml.SequenceNode {
		r.errorf(n, "%s must be a list", name)
		return nil, false
	}
	var all []string
	for _, item := range n.Content {
		s, ok := r.text(name, resolve(item))
		if !ok {
			return nil, false
		}
		all = append(all, s)
	}
	return all, true
}

func (r *reader) path(s string) string {
	if s == "" || filepath.IsAbs(s) {
		return s
	}
	return filepath.Join(r.dir, filepath.FromSlash(s))
}
