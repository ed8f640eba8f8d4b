package unit

import (
	"strings"
	"testing"
)

func TestBlankBodies(t *testing.T) {
	// In want, a dot is a blanked byte.
	tests := []struct{ name, src, want string }{
		{"none", "package p\nvar x = []int{1}\n", "package p\nvar x = []int{1}\n"},
		{"body", "func f() { g() }", "func f() {.....}"},
		{"lines", "func f() {\n\tg()\n}\nfunc g()\nvar x = T{1}", "func f() {\n....\n}\nfunc g()\nvar x = T{1}"},
		{"nested", "func f() {{}}\nfunc g() {x{}}", "func f() {..}\nfunc g() {...}"},
		{"method", "func (x struct{ a int }) f() {y}", "func (x struct{ a int }) f() {.}"},
		{"result", "func f() struct{ a int } {y}", "func f() struct{ a int } {.}"},
		{"results", "func f() (chan struct{}, []interface{ M() }) {y}", "func f() (chan struct{}, []interface{ M() }) {.}"},
		{"generic", "func f[T interface{ ~int }]() [len([]int{1})]T {y}", "func f[T interface{ ~int }]() [len([]int{1})]T {.}"},
		{"literal", "var x = func() {y}\nvar y = func() {z}()", "var x = func() {y}\nvar y = func() {z}()"},
		{"group", "var (\nx = 1\ny = func() {z}\n)", "var (\nx = 1\ny = func() {z}\n)"},
		{"type", "type F func() struct{ a int }\nfunc f() {y}", "type F func() struct{ a int }\nfunc f() {.}"},
		{"texts", "func f() {`}` + \"}\\\"}\" + '}' + '\\''}", "func f() {" + strings.Repeat(".", 25) + "}"},
		{"comments", "func f() {//}\n/*}*/a/b}", "func f() {...\n........}"},
		{"line directive", "func f() {y}\n//line a.go:1\n", "func f() {y}\n//line a.go:1\n"},
		{"no end", "func f() {y", "func f() {y"},
		{"bad string", "func f() {\"}\n}", "func f() {\"}\n}"},
		{"bad comment", "func f() {/*}", "func f() {/*}"},
		{"not Go", "}}}func f() {y}", "}}}func f() {y}"},
	}
	for _, test := range tests {
		got := string(blankBodies([]byte(test.src)))
		want := strings.ReplaceAll(strings.ReplaceAll(test.want, ".go", "\x00"), ".", " ")
		if want = strings.ReplaceAll(want, "\x00", ".go"); got != want {
			t.Errorf("%s:\n got %q\nwant %q", test.name, got, want)
		}
	}
}
