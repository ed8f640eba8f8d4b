package known

// Fills returns the argument, the receiver counted, that the function with that
// full name writes to. Not in the table are methods that read as an io.Reader
// does, which are known by their type.
func Fills(fullName string) (arg int, ok bool) {
	arg, ok = fills()[fullName]
	return arg, ok
}

// AliasesReceiver reports whether the first result of the method with that full
// name is memory of its receiver, which a later call changes.
func AliasesReceiver(fullName string) bool { return aliases()[fullName] }

// Reuses reports whether the method with that full name makes its receiver use
// the memory anew that earlier results lead to.
func Reuses(fullName string) bool { return reuses()[fullName] }

// SharesElems reports whether the result of the function with that full name is
// a slice or map with elements of its first argument, and no others.
func SharesElems(fullName string) bool { return sharesElems()[fullName] }

var sharesElems = table(func() map[string]bool {
	return map[string]bool{
		"maps.Clone":         true,
		"slices.Clip":        true,
		"slices.Clone":       true,
		"slices.Compact":     true,
		"slices.CompactFunc": true,
		"slices.Delete":      true,
		"slices.DeleteFunc":  true,
		"slices.Grow":        true,
	}
})

// Like these, functions that sort or reverse are here: they write.
var fills = table(func() map[string]int {
	return map[string]int{
		"(*encoding/base64.Encoding).Decode":       1,
		"(*encoding/base64.Encoding).Encode":       1,
		"(encoding/binary.bigEndian).PutUint16":    1,
		"(encoding/binary.bigEndian).PutUint32":    1,
		"(encoding/binary.bigEndian).PutUint64":    1,
		"(encoding/binary.littleEndian).PutUint16": 1,
		"(encoding/binary.littleEndian).PutUint32": 1,
		"(encoding/binary.littleEndian).PutUint64": 1,
		"crypto/rand.Read":                         0,
		"encoding/binary.PutUvarint":               0,
		"encoding/binary.PutVarint":                0,
		"encoding/hex.Decode":                      0,
		"encoding/hex.Encode":                      0,
		"io.ReadAtLeast":                           1,
		"io.ReadFull":                              1,
		"maps.Copy":                                0,
		"maps.DeleteFunc":                          0,
		"math/rand.Read":                           0,
		"slices.Reverse":                           0,
		"slices.Sort":                              0,
		"slices.SortFunc":                          0,
		"slices.SortStableFunc":                    0,
		"sort.Float64s":                            0,
		"sort.Ints":                                0,
		"sort.Slice":                               0,
		"sort.SliceStable":                         0,
		"sort.Strings":                             0,
	}
})

var aliases = table(func() map[string]bool {
	return map[string]bool{
		"(*bufio.Reader).Peek":      true,
		"(*bufio.Reader).ReadLine":  true,
		"(*bufio.Reader).ReadSlice": true,
		"(*bufio.Scanner).Bytes":    true,
		"(*bytes.Buffer).Bytes":     true,
		"(*bytes.Buffer).Next":      true,
	}
})

var reuses = table(func() map[string]bool {
	return map[string]bool{
		"(*bufio.Reader).Peek":       true, // may move what is buffered, as the others
		"(*bufio.Reader).Read":       true,
		"(*bufio.Reader).ReadByte":   true,
		"(*bufio.Reader).ReadBytes":  true,
		"(*bufio.Reader).ReadLine":   true,
		"(*bufio.Reader).ReadRune":   true,
		"(*bufio.Reader).ReadSlice":  true,
		"(*bufio.Reader).ReadString": true,
		"(*bufio.Scanner).Scan":      true,
		"(*bytes.Buffer).Reset":      true,
		"(*bytes.Buffer).Truncate":   true,
	}
})
