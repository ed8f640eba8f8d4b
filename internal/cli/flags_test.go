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
		{"", "vet -vettool=TOOL -json -- ."},
		{"./... ./x", "vet -vettool=TOOL -json -- ./... ./x"},
		{"-tags a,b -race ./...", "vet -vettool=TOOL -json -tags a,b -race -- ./..."},
		{"-tags=a -C dir ./...", "vet -C=dir -vettool=TOOL -json -tags=a -- ./..."},
		{"--mod=vendor --p 3", "vet -vettool=TOOL -json --mod=vendor --p 3 -- ."},
		{"-names.strict -tests=false -names=f a", "vet -vettool=TOOL -json -names.strict -tests=false -names=f -- a"},
		{"-fix -- a", "vet -vettool=TOOL -fix -- a"},
		{"-diff a", "vet -vettool=TOOL -fix -diff -- a"},
		{"-fix -diff=true a", "vet -vettool=TOOL -fix -diff -- a"},
		{"-fix=false -json a", "vet -vettool=TOOL -json -- a"},
		{"-gcflags -N a", "vet -vettool=TOOL -json -gcflags -N -- a"},
	}
	for _, test := range tests {
		inv, err := parse(newFlags(stubs()), strings.Fields(test.args))
		if err != nil {
			t.Errorf("parse %q: %v", test.args, err)
			continue
		}
		if got := strings.Join(inv.goArgs("TOOL"), " "); got != test.want {
			t.Errorf("parse %q:\n got %s\nwant %s", test.args, got, test.want)
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
	}
	for _, test := range tests {
		_, err := parse(newFlags(stubs()), strings.Fields(test.args))
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
		inv, err := parse(newFlags(stubs()), slices.Clone(args))
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

func TestDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "abc", 0},
		{"abc", "bc", 1},
		{"kitten", "sitting", 3},
		{"flaw", "lawn", 2},
	} {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("distance(%q, %q) = %d, want %d", test.a, test.b, got, test.want)
		}
		if got := distance(test.b, test.a); got != test.want {
			t.Errorf("distance(%q, %q) = %d, want %d", test.b, test.a, got, test.want)
		}
	}
}
