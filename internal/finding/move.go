package finding

import (
	"os"
	"path/filepath"
	"strings"
)

// Move makes findings speak of the files that are in front of the user. With
// -trimpath, results from the build cache may name those of another checkout:
// the one that they were made in. Dirs holds the folders of packages. A file
// that is not in the folder of its package stays: a line comment may have
// named it.
func Move(findings []Finding, dirs map[string]string) []Finding {
	for i := range findings {
		f := &findings[i]
		dir := dirs[f.Package]
		if dir == "" {
			dir = dirs[strings.TrimSuffix(f.Package, "_test")]
		}
		if dir != "" {
			f.move(filepath.Dir(f.File), dir)
		}
	}
	return Sort(findings)
}

// move replaces the folder from by to, for files that are there.
func (f *Finding) move(from, to string) {
	moved := func(file string) string {
		name := filepath.Join(to, filepath.Base(file))
		if _, err := os.Stat(name); filepath.Dir(file) != from || err != nil {
			return file
		}
		return name
	}
	f.File = moved(f.File)
	for i := range f.Related {
		f.Related[i].File = moved(f.Related[i].File)
	}
	for i := range f.Steps {
		f.Steps[i].File = moved(f.Steps[i].File)
		if peer := &f.Steps[i].PeerPlace; peer.File != "" {
			peer.File = moved(peer.File)
		}
	}
	for i := range f.Fixes {
		for j := range f.Fixes[i].Edits {
			edit := &f.Fixes[i].Edits[j]
			edit.File = moved(edit.File)
		}
	}
}
