package cli

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestDecode(t *testing.T) {
	const out = `# example.com/m
{
	"example.com/m [example.com/m.test]": {
		"names": [
			{"posn": "/m/b.go:10:2", "end": "/m/b.go:10:3", "message": "second"},
			{"posn": "/m/b.go:9:12", "message": "first"},
			{"posn": "/m/b.go:9:12", "message": "first"}
		]
	}
}
{}
# example.com/n
{
	"example.com/n": {
		"broken": {"error": "gave up"},
		"zebra": [{"posn": "C:\\n\\a.go:1:1", "message": "m"}, {"posn": "-", "message": "nowhere"}],
		"alpha": [{"posn": "/m/b.go:9:12", "message": "first"}]
	}
}
`
	findings, problems := decode(out)
	want := []finding{
		{"-", 0, 0, "zebra", "nowhere"},
		{"/m/b.go", 9, 12, "alpha", "first"},
		{"/m/b.go", 9, 12, "names", "first"},
		{"/m/b.go", 10, 2, "names", "second"},
		{`C:\n\a.go`, 1, 1, "zebra", "m"},
	}
	if !slices.Equal(findings, want) {
		t.Errorf("findings:\n got %v\nwant %v", findings, want)
	}
	if want := []string{"cannot check example.com/n: broken: gave up"}; !slices.Equal(problems, want) {
		t.Errorf("problems: got %q, want %q", problems, want)
	}

	var done counter
	for chunk := range slices.Chunk(slices.Collect(strings.Lines(out)), 8) {
		done.Write([]byte(strings.Join(chunk, "")))
	}
	if got, want := done.n.Load(), int64(3); got != want {
		t.Errorf("%d packages counted, want %d", got, want)
	}
}

func TestDecodeBadInput(t *testing.T) {
	tests := []struct {
		out      string
		findings int
		problem  string // prefix, "" if none
	}{
		{"", 0, ""},
		{"{}", 0, ""},
		{"# comment only", 0, ""},
		{"vet: exit status 1\n", 0, "unexpected output of go vet: "},
		{`{"p": {"a": [{"posn": "f:1:1", "message": "m"}]}}{"p": `, 1, "unexpected output of go vet: "},
		{`{"p": {"a": [{"posn": 5}]}}`, 0, "cannot check p: a: json: "},
		{`{"p": {"a": 5}}`, 0, "cannot check p: a: json: "},
		{`{"p": null}`, 0, ""},
		{`[1]`, 0, "unexpected output of go vet: "},
	}
	for _, test := range tests {
		findings, problems := decode(test.out)
		if len(findings) != test.findings {
			t.Errorf("decode %q: findings %v, want %d", test.out, findings, test.findings)
		}
		got := strings.Join(problems, "\n")
		if (got == "") != (test.problem == "") || !strings.HasPrefix(got, test.problem) {
			t.Errorf("decode %q: problems %q, want prefix %q", test.out, got, test.problem)
		}
	}
}

func TestText(t *testing.T) {
	tests := []struct {
		file string
		line int
		want string
	}{
		{"/m/sub/a.go", 3, "sub/a.go:3:7: msg (p)"},
		{"/n/a.go", 3, "/n/a.go:3:7: msg (p)"}, // ../n/a.go is longer
		{"-", 0, "-: msg (p)"},
	}
	for _, test := range tests {
		f := finding{file: test.file, line: test.line, col: 7, pass: "p", message: "msg"}
		if got := f.text("/m"); got != test.want {
			t.Errorf("%s: got %q, want %q", test.file, got, test.want)
		}
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
`
	want := []string{
		"cannot check example.com/m: m.go:1:2: undefined: x have y want z",
		"cannot check example.com/n: panic: boom [recovered]",
		"no such thing",
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
