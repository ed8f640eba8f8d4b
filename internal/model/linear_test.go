package model

import (
	"go/token"
	"testing"
)

// TestDecide checks which questions have the same answer for every positive n.
func TestDecide(t *testing.T) {
	n := func(mul, off int) linear { return linear{base: "n", mul: mul, off: off, ok: true} }
	exactly := func(off int) linear { return linear{off: off, ok: true} }
	for _, tt := range []struct {
		name    string
		d       linear
		op      token.Token
		yes, ok bool
	}{
		{"n > 0", n(1, 0), token.GTR, true, true},
		{"n >= 1", n(1, -1), token.GEQ, true, true},
		{"n <= 0", n(1, 0), token.LEQ, false, true},
		{"n == 0", n(1, 0), token.EQL, false, true},
		{"n != 0", n(1, 0), token.NEQ, true, true},
		{"n > 1", n(1, -1), token.GTR, false, false},
		{"n == 2", n(1, -2), token.EQL, false, false},
		{"n < 5", n(1, -5), token.LSS, false, false},
		{"0 < n", n(-1, 0), token.LSS, true, true},
		{"0 >= n", n(-1, 0), token.GEQ, false, true},
		{"1 < n", n(-1, 1), token.LSS, false, false},
		{"1 > 0", exactly(1), token.GTR, true, true},
		{"0 > 0", exactly(0), token.GTR, false, true},
		{"-2 == 0", exactly(-2), token.EQL, false, true},
		{"-2 < 0", exactly(-2), token.LSS, true, true},
		{"unknown", linear{}, token.GTR, false, false},
	} {
		if yes, ok := tt.d.decide(tt.op); ok != tt.ok || ok && yes != tt.yes {
			t.Errorf("%s: got %t, %t, want %t, %t", tt.name, yes, ok, tt.yes, tt.ok)
		}
	}
}
