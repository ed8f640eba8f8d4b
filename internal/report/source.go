package report

import (
	"go/token"
	"os"

	"golang.org/x/tools/go/analysis"
)

// Source is the text of the file that pos is in, as the driver has it. Drivers
// that say nothing of files, as nogo, mean those on disk.
func Source(pass *analysis.Pass, pos token.Pos) ([]byte, error) {
	name := pass.Fset.File(pos).Name()
	if pass.ReadFile == nil {
		return os.ReadFile(name)
	}
	return pass.ReadFile(name)
}
