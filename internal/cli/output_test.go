package cli

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestCounter(t *testing.T) {
	const out = "# example.com/m\n{\n\t\"p\": {\n\t}\n}\n{}\n# example.com/n\n{\n}\n"
	var done counter
	for chunk := range slices.Chunk(slices.Collect(strings.Lines(out)), 3) {
		done.Write([]byte(strings.Join(chunk, "")))
	}
	if got, want := done.n.Load(), int64(3); got != want {
		t.Errorf("%d packages counted, want %d", got, want)
	}
}

func TestReasons(t *testing.T) {
	const errs = `go: downloading example.com/x v1.0.0
# example.com/m
# [example.com/m]
./m.go:1:2: undefined: x
	have y
	want z
# example.com/n
panic: boom [recovered]

goroutine 1 [running]:
main.main()
	/n/main.go:3
# example.com/m
./m.go:1:2: undefined: x
	have y
	want z
go: no such thing
go: errors parsing go.mod:
go.mod:1: usage: module module/path
`
	want := []string{
		"cannot check example.com/m: m.go:1:2: undefined: x have y want z",
		"cannot check example.com/n: panic: boom [recovered]",
		"no such thing",
		"errors parsing go.mod: go.mod:1: usage: module module/path",
	}
	if got := reasons(errs); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if got := reasons("\nonly\r\n\ttwo\n"); !slices.Equal(got, []string{"only two"}) {
		t.Errorf("got %q", got)
	}
	if got := reasons("\tindented\n"); !slices.Equal(got, []string{"\tindented"}) {
		t.Errorf("got %q", got)
	}
	if got := reasons(""); got != nil {
		t.Errorf("got %q, want none", got)
	}
}

func TestProgress(t *testing.T) {
	tests := []struct {
		after time.Duration
		want  string
	}{
		{time.Second, ""},
		{2600 * time.Millisecond, "|chanlint: 0 packages checked, 2s|chanlint: 0 packages checked, 2s|"},
	}
	for _, test := range tests {
		synctest.Test(t, func(t *testing.T) {
			var out strings.Builder
			stop := make(chan struct{})
			time.AfterFunc(test.after, func() { close(stop) })
			progress(&out, new(counter), stop)
			if got := strings.ReplaceAll(out.String(), "\r\x1b[K", "|"); got != test.want {
				t.Errorf("stopped after %v: got %q, want %q", test.after, got, test.want)
			}
		})
	}
	if w := new(strings.Builder); isTerminal(w) {
		t.Error("a strings.Builder is a terminal")
	}
}
