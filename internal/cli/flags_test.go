package cli

import (
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestBuildFlags compares the table with what the go command documents.
func TestBuildFlags(t *testing.T) {
	out, err := exec.Command("go", "help", "build").Output()
	if err != nil {
		t.Fatal(err)
	}
	// These are flags of go build and go test, but not of go vet.
	others := []string{"cover", "covermode", "coverpkg", "json"}
	found := 0
	for _, m := range regexp.MustCompile(`(?m)^\t-(\w+)( \S.*)?$`).FindAllStringSubmatch(string(out), -1) {
		name, value := m[1], m[2] != ""
		if slices.Contains(others, name) {
			continue
		}
		found++
		takesValue, ok := buildFlags[name]
		if !ok {
			t.Errorf("-%s is missing", name)
		} else if takesValue != value {
			t.Errorf("-%s takes a value: got %t, want %t", name, takesValue, value)
		}
	}
	if found < len(buildFlags) {
		t.Errorf("go help build shows %d flags, the table has %d", found, len(buildFlags))
	}
}

func TestParse(t *testing.T) {
	tests := []struct {
		args string // separated by spaces
		want string // arguments of the go command
	}{
		{"", "vet -vettool=TOOL -json -steps -asked= -- ."},
		{"./... ./x", "vet -vettool=TOOL -json -steps -asked= -- ./... ./x"},
		{"-tags a,b -race ./...", "vet -vettool=TOOL -json -steps -asked= -tags a,b -race -- ./..."},
		{"-tags=a -C dir ./...", "vet -C=dir -vettool=TOOL -json -steps -asked= -tags=a -- ./..."},
		{"--mod=vendor --p 3", "vet -vettool=TOOL -json -steps -asked= --mod=vendor --p 3 -- ."},
		{"-names.strict -tests=false -names=f a", "vet -vettool=TOOL -json -steps -asked=a -names.strict -tests=false -names=f -- a"},
		{"-fix -- a", "vet -vettool=TOOL -json -steps -asked=a -- a"},
		{"-diff a", "vet -vettool=TOOL -json -steps -asked=a -- a"},
		{"-fix=false -json a", "vet -vettool=TOOL -json -steps -asked=a -- a"},
		{"-o sarif=x -o text -baseline f -color never a", "vet -vettool=TOOL -json -steps -asked=a -- a"},
		{"-enable names,crash -disable crash a", "vet -vettool=TOOL -json -steps -asked=a -names -- a"},
		{"-disable names a", "vet -vettool=TOOL -json -steps -asked=a -names=false -- a"},
		{"-vet -enable nilness a", "vet -vettool=TOOL -json -steps -asked=a -vet -nilness -- a"},
		{"-vet -nilness.deep a", "vet -vettool=TOOL -json -steps -asked=a -vet -nilness.deep -- a"},
		{"./a example.com/b a.go", "vet -vettool=TOOL -json -steps -asked=./a,example.com/b,a.go -- ./a example.com/b a.go"},
		{". ../a /b a.go", "vet -vettool=TOOL -json -steps -asked= -- . ../a /b a.go"},
		{"-gcflags -N a", "vet -vettool=TOOL -json -steps -asked=a -gcflags -N -- a"},
	}
	for _, test := range tests {
		inv, err := testCommand().parse(strings.Fields(test.args))
		if err != nil {
			t.Errorf("parse %q: %v", test.args, err)
			continue
		}
		if got := strings.Join(inv.goArgs("TOOL"), " "); got != test.want {
			t.Errorf("parse %q:\n got %s\nwant %s", test.args, got, test.want)
		}
	}
}

func TestEnabled(t *testing.T) {
	tests := []struct {
		args         string
		names, crash bool
	}{
		{"", true, true},
		{"-names", true, false},
		{"-names=false", false, true},
		{"-enable crash", false, true},
		{"-disable crash", true, false},
		{"-names -crash=false", true, false},
	}
	for _, test := range tests {
		inv, err := testCommand().parse(strings.Fields(test.args))
		if err != nil {
			t.Errorf("parse %q: %v", test.args, err)
			continue
		}
		if names, crash := inv.enabled("names"), inv.enabled("crash"); names != test.names || crash != test.crash {
			t.Errorf("parse %q: names %t, crash %t; want %t, %t", test.args, names, crash, test.names, test.crash)
		}
	}
}

func TestParseErrors(t *testing.T) {
	tests := []struct{ args, want string }{
		{"-tag x", "unknown flag -tag; is tags meant?"},
		{"-lagignoredd", "unknown flag -lagignoredd; see chanlint help"},
		{"-nams.strict", "unknown flag -nams.strict; is names.strict meant?"},
		{"-cover", "unknown flag -cover; see chanlint help"},
		{"-tags", "flag -tags needs a value"},
		{"-strict=maybe", `flag -strict: bad value "maybe": strconv.ParseBool: parsing "maybe": invalid syntax`},
		{"-names=maybe", `flag -names: bad value "maybe": parse error`},
		{"-json=1", `flag -json: bad value "1": want true or false`},
		{"./... -strict", "-strict is not a package: flags go before the packages"},
		{"-- -x", "-x is not a package: flags go before the packages"},
		{"-", "- is not a package: flags go before the packages"},
		{"---x", "unknown flag --x; see chanlint help"},
		{"-=x", "unknown flag -; see chanlint help"},
		{"-json -diff", "-json cannot be used with -fix or -diff"},
		{"-fix -json", "-json cannot be used with -fix or -diff"},
		{"-o pdf", "no format pdf; see chanlint help"},
		{"-o sarfi", "no format sarfi; is sarif meant?"},
		{"-o sarif=", "-o sarif= names no file"},
		{"-o text -o line", "two formats on standard output; give one a file, as in -o sarif=FILE"},
		{"-o json=a -o sarif=a", "two formats in a"},
		{"-json -o text", "two formats on standard output; give one a file, as in -o sarif=FILE"},
		{"-color maybe", `flag -color: bad value "maybe": want auto, always or never`},
		{"-write-baseline", "-write-baseline needs -baseline FILE"},
		{"-write-baseline -baseline f -fix", "-write-baseline cannot be used with -fix"},
		{"-write-baseline -baseline f -new-from-rev HEAD", "-write-baseline cannot be used with -new-from-rev"},
		{"-enable nams", "no pass nams; is names meant?"},
		{"-disable marks", "no pass marks; see chanlint help"},
		{"-enable names -disable names", "every pass that -enable names is disabled"},
		{"-enable nilness", "nilness is a standard check; add -vet"},
		{"-nilness", "flag -nilness belongs to the standard checks; add -vet"},
		{"-nilness.deep", "flag -nilness.deep belongs to the standard checks; add -vet"},
	}
	for _, test := range tests {
		_, err := testCommand().parse(strings.Fields(test.args))
		if err == nil {
			t.Errorf("parse %q: no error, want %s", test.args, test.want)
		} else if got := err.Error(); got != test.want {
			t.Errorf("parse %q: %s, want %s", test.args, got, test.want)
		}
	}
}

// FuzzParse checks that the go command gets every argument that is not for us,
// in order, and no flag where it expects a package.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "-", "--", "-- -x", "-tags\na\n./...", "-C\ndir\n-race", "-C=\n-p", "-strict=0\n.", "-x=1=2", "---", "-\xff=\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		args := strings.Split(line, "\n")
		inv, err := parseLine(testCommand().newFlags(), nil, slices.Clone(args))
		if err != nil {
			return
		}
		if len(inv.packages) == 0 {
			t.Errorf("parse %q: no packages", args)
		}
		for _, pkg := range inv.packages {
			if strings.HasPrefix(pkg, "-") {
				t.Errorf("parse %q: package %q", args, pkg)
			}
		}
		rest := args
		for _, arg := range inv.flags {
			i := slices.Index(rest, arg)
			if i < 0 {
				t.Fatalf("parse %q: flags %q are not among them in this order", args, inv.flags)
			}
			rest = rest[i+1:]
		}
	})
}
