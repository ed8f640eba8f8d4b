package unit

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"go/token"
	"go/types"
	"io"
	"os"

	"golang.org/x/tools/go/gcexportdata"
)

// A vetx file is what a request leaves for the packages that import its
// package. It is the private format of unitchecker, x/tools v0.52.0:
//
//	"vetx"  uint32 length of types  uint32 length of facts  types  facts
//
// Lengths are little-endian. Types are what gcexportdata writes, without the
// leading byte 'i'. An empty section is a valid set of no facts.
//
// TestFormat fails when a new version of x/tools does it otherwise.
const vetxMagic = "vetx"

const vetxHeader = len(vetxMagic) + 4 + 4

// hasFacts reports whether a vetx file holds facts.
func hasFacts(filename string) (bool, error) {
	f, err := os.Open(filename)
	if err != nil {
		return false, err
	}
	defer f.Close()
	var header [vetxHeader]byte
	if _, err := io.ReadFull(f, header[:]); err != nil {
		return false, fmt.Errorf("vetx file %s: %w", filename, err)
	}
	_, facts, err := vetxLengths(header[:])
	if err != nil {
		return false, fmt.Errorf("vetx file %s: %w", filename, err)
	}
	return facts > 0, nil
}

func vetxLengths(data []byte) (types, facts uint32, err error) {
	if len(data) < vetxHeader || string(data[:len(vetxMagic)]) != vetxMagic {
		return 0, 0, fmt.Errorf("bad header %.12q", data)
	}
	return binary.LittleEndian.Uint32(data[4:8]), binary.LittleEndian.Uint32(data[8:12]), nil
}

// readTypes reads the package of the given path from a vetx file, and adds
// to imports what it mentions.
func readTypes(fset *token.FileSet, imports map[string]*types.Package, filename, path string) (*types.Package, error) {
	data, err := os.ReadFile(filename)
	if err != nil {
		return nil, err
	}
	n, _, err := vetxLengths(data)
	if err != nil {
		return nil, fmt.Errorf("vetx file %s: %w", filename, err)
	}
	if uint64(len(data)) < uint64(vetxHeader)+uint64(n) {
		return nil, fmt.Errorf("vetx file %s: %d bytes, want %d of types", filename, len(data), n)
	}
	// The header is no longer needed: its last byte makes room for the 'i'.
	data[vetxHeader-1] = 'i'
	section := data[vetxHeader-1 : vetxHeader+int(n)]
	return gcexportdata.Read(bytes.NewReader(section), fset, imports, path)
}

// writeTypes writes a vetx file with the types of pkg and no facts.
func writeTypes(fset *token.FileSet, pkg *types.Package, filename string) error {
	var buf bytes.Buffer
	buf.Write(make([]byte, vetxHeader-1)) // the 'i' falls on the last byte of the header
	if err := gcexportdata.Write(&buf, fset, pkg); err != nil {
		return err
	}
	data := buf.Bytes()
	copy(data, vetxMagic)
	binary.LittleEndian.PutUint32(data[4:8], uint32(len(data)-vetxHeader))
	binary.LittleEndian.PutUint32(data[8:12], 0)
	return os.WriteFile(filename, data, 0o666)
}
