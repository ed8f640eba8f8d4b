package oneshot_test

import (
	"context"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/oneshot"
)

func TestOS14_GetBeforeAndAfterSet(t *testing.T) {
	var val oneshot.Value[string]
	if v, ok := val.Get(); v != "" || ok {
		t.Errorf("Get() of an unset Value = %q, %t, want \"\", false", v, ok)
	}
	if isClosed(val.Done()) {
		t.Error("Done of an unset Value is closed")
	}
	if !val.Set("a") {
		t.Error("first Set = false, want true")
	}
	if val.Set("b") {
		t.Error("second Set = true, want false")
	}
	if v, ok := val.Get(); v != "a" || !ok {
		t.Errorf("Get() = %q, %t, want \"a\", true", v, ok)
	}
	if v, err := val.Wait(context.Background()); v != "a" || err != nil {
		t.Errorf("Wait() after Set = %q, %v, want \"a\", nil", v, err)
	}
	if !isClosed(val.Done()) {
		t.Error("Done of a set Value is open")
	}
}

func TestOS14_DoneAskedForOnlyAfterSet(t *testing.T) {
	var val oneshot.Value[int]
	val.Set(1)
	if !isClosed(val.Done()) {
		t.Error("Done first asked for after Set is open")
	}
}

func TestOS14_SetWakesAllWaiters(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var val oneshot.Value[int]
		var got [3]oneshot.Value[result]
		for i := range got {
			go func() {
				v, err := val.Wait(t.Context())
				got[i].Set(result{v, err})
			}()
		}
		synctest.Wait()
		for i := range got {
			if r, ok := got[i].Get(); ok {
				t.Fatalf("waiter %d returned %v before Set", i, r)
			}
		}
		val.Set(7)
		synctest.Wait()
		for i := range got {
			if r, ok := got[i].Get(); !ok || r != (result{7, nil}) {
				t.Errorf("waiter %d returned %v, %t; want {7 nil}, true", i, r, ok)
			}
		}
	})
}

func TestOS14_CancelledWaitLeavesTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var val oneshot.Value[int]
		var got [2]oneshot.Value[result]
		ctx, cancel := context.WithCancel(t.Context())
		for i, ctx := range []context.Context{ctx, t.Context()} {
			go func() {
				v, err := val.Wait(ctx)
				got[i].Set(result{v, err})
			}()
		}
		synctest.Wait()
		cancel()
		synctest.Wait()
		if r, ok := got[0].Get(); !ok || r.err != context.Canceled {
			t.Errorf("cancelled Wait returned %v, %t; want %v, true", r, ok, context.Canceled)
		}
		if r, ok := got[1].Get(); ok {
			t.Fatalf("the other Wait returned %v before Set", r)
		}
		val.Set(7)
		synctest.Wait()
		if r, _ := got[1].Get(); r != (result{7, nil}) {
			t.Errorf("the other Wait returned %v, want {7 nil}", r)
		}
		if v, err := val.Wait(ctx); v != 7 || err != nil {
			t.Errorf("Wait for a set Value with an ended context = %d, %v, want 7, nil", v, err)
		}
	})
}

// A settingContext sets a Value when it is asked for its end, which has come.
type settingContext struct {
	context.Context
	val *oneshot.Value[int]
}

func (c settingContext) Done() <-chan struct{} {
	c.val.Set(7)
	return c.Context.Done()
}

func TestOS14_ValueIsPreferredToAnEndedContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 50 { // a select picks at random
		var val oneshot.Value[int]
		if v, err := val.Wait(settingContext{ctx, &val}); v != 7 || err != nil {
			t.Fatalf("Wait = %d, %v when set at the end of the context, want 7, nil", v, err)
		}
	}
}
