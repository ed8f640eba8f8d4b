package unit

import (
	"bytes"
	"io"
)

// quiet passes on what is logged, but for what the fixer says of each fix that is not
// the first of its diagnostic: that is what a first one is for.
type quiet struct{ to io.Writer }

func (q quiet) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte(": ignoring alternative fix ")) {
		return len(line), nil
	}
	return q.to.Write(line)
}
