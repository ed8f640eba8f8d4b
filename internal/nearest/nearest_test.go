package nearest

import "testing"

func TestName(t *testing.T) {
	candidates := []string{"C", "tags", "tests", "strict"}
	for _, test := range []struct{ typed, want string }{
		{"tag", "tags"},
		{"strikt", "strict"},
		{"B", ""}, // near to C, as everything short is
		{"nothing", ""},
	} {
		if got := Name(test.typed, candidates); got != test.want {
			t.Errorf("Name(%q) = %q, want %q", test.typed, got, test.want)
		}
	}
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
		{"tgas", "tags", 1},
		{"ab", "ba", 1},
	} {
		if got := distance(test.a, test.b); got != test.want {
			t.Errorf("distance(%q, %q) = %d, want %d", test.a, test.b, got, test.want)
		}
		if got := distance(test.b, test.a); got != test.want {
			t.Errorf("distance(%q, %q) = %d, want %d", test.b, test.a, got, test.want)
		}
	}
}
