package pattern

import (
	"slices"
	"testing"
)

func TestRegexp(t *testing.T) {
	r := New(`(a)(b*)`)
	if !r.MatchString("xab") || r.MatchString("b") {
		t.Error("MatchString does not match what the expression does")
	}
	if got, want := r.FindStringSubmatch("abb"), []string{"abb", "a", "bb"}; !slices.Equal(got, want) {
		t.Errorf("FindStringSubmatch: %q, want %q", got, want)
	}
	if got, want := r.FindAllString("abba", -1), []string{"abb", "a"}; !slices.Equal(got, want) {
		t.Errorf("FindAllString: %q, want %q", got, want)
	}
}

func TestBad(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a bad expression is found neither by a test nor before its use")
		}
	}()
	New(`(`)
}
