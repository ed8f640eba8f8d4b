package known

import "testing"

func TestCloses(t *testing.T) {
	c, ok := Closes("(k8s.io/apimachinery/pkg/watch.Interface).ResultChan")
	if !ok || !c.Same || c.When == "" {
		t.Errorf("ResultChan closes %+v, %v", c, ok)
	}
	if c, ok := Closes("(context.Context).Done"); ok {
		t.Errorf("Done, which is an operation, closes %+v", c)
	}
}
