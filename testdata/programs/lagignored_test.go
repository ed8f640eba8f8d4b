package programs

import "testing"

func TestSum(t *testing.T) {
	if n, err := sum([]int{1, 2}); n != 3 || err != nil {
		t.Errorf("sum = %d, %v, want 3, nil", n, err)
	}
	if n, err := sum([]int{1, -1, 2}); err != errGap {
		t.Errorf("sum = %d, %v, want %v", n, err, errGap)
	}
}

func TestTotal(t *testing.T) {
	if n, err := total([]int{1, 2}); n != 3 || err != nil {
		t.Errorf("total = %d, %v, want 3, nil", n, err)
	}
	if n, err := total([]int{1, -1, 2}); err != errGap {
		t.Errorf("total = %d, %v, want %v", n, err, errGap)
	}
}
