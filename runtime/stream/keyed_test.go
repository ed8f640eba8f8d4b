package stream_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/chanlint/chanlint/runtime/stream"
)

func insert(t *testing.T, m *stream.Map[string, int], key string, values ...int) {
	t.Helper()
	if unread, err := m.Insert(key, stream.Seq(slices.Values(values))); err != nil || unread != nil {
		t.Errorf("Insert(%q) = %v, %v, want nothing unread and no error", key, unread, err)
	}
}

func next(t *testing.T, m *stream.Map[string, int], want string) {
	t.Helper()
	key, v, err := m.Next(t.Context())
	if err != nil {
		key = err.Error()
	}
	if got := fmt.Sprint(key, " ", v); got != want {
		t.Errorf("Next = %s, want %s", got, want)
	}
}

func TestST08_EmptyMap(t *testing.T) {
	m := stream.NewMap[string, int](t.Context())
	next(t, m, "chans: closed 0")
	if m.Len() != 0 || m.Has("a") || m.Remove("a") != nil {
		t.Error("an empty map has something")
	}
	if got, err := m.NextMany(t.Context(), nil, 3); len(got) != 0 || !errors.Is(err, stream.ErrClosed) {
		t.Errorf("NextMany = %v, %v, want %v", got, err, stream.ErrClosed)
	}
}

func TestST08_SourcesEndOneByOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := stream.NewMap[string, int](t.Context())
		defer m.Close()
		insert(t, m, "a", 1, 2)
		next(t, m, "a 1")
		synctest.Wait() // until a has its turn
		insert(t, m, "b", 3)
		synctest.Wait()
		if !m.Has("a") || !m.Has("b") || m.Len() != 2 {
			t.Errorf("Has a %t, b %t, Len %d, want both", m.Has("a"), m.Has("b"), m.Len())
		}
		next(t, m, "a 2")
		synctest.Wait()
		if m.Has("a") || m.Len() != 1 {
			t.Errorf("Has a %t, Len %d after its end", m.Has("a"), m.Len())
		}
		next(t, m, "b 3")
		next(t, m, "chans: closed 0")
		insert(t, m, "c", 4) // and on it goes
		next(t, m, "c 4")
	})
}

func TestST08_RemoveReturnsWhatWasReadAhead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := stream.NewMap[string, int](t.Context())
		defer m.Close()
		values := make(chan int, 3)
		values <- 1
		values <- 2
		values <- 3
		m.Insert("a", stream.Chan(values))
		m.Insert("b", silent)
		next(t, m, "a 1")
		synctest.Wait()
		wantInts(t, "unread", m.Remove("a"), []int{2})
		if len(values) != 1 {
			t.Errorf("%d values are left in the source, want 1", len(values))
		}
		if m.Has("a") || m.Len() != 1 {
			t.Errorf("Has %t, Len %d after Remove", m.Has("a"), m.Len())
		}
		wantInts(t, "unread of one that is gone", m.Remove("a"), nil)
		wantInts(t, "unread of a silent one", m.Remove("b"), nil)
	})
}

func TestST08_InsertReplaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := stream.NewMap[string, int](t.Context())
		defer m.Close()
		insert(t, m, "a", 1)
		synctest.Wait()
		unread, err := m.Insert("a", stream.Seq(slices.Values([]int{2})))
		if err != nil {
			t.Error(err)
		}
		wantInts(t, "unread", unread, []int{1})
		next(t, m, "a 2")
		next(t, m, "chans: closed 0")
	})
}

func TestST08_NextWaitsAndWakes(t *testing.T) {
	for name, test := range map[string]struct {
		act  func(m *stream.Map[string, int], cancel func())
		want string
	}{
		"value":   {func(m *stream.Map[string, int], _ func()) { m.Insert("b", stream.Seq(slices.Values([]int{7}))) }, "b 7 <nil>"},
		"remove":  {func(m *stream.Map[string, int], _ func()) { m.Remove("a") }, " 0 chans: closed"},
		"close":   {func(m *stream.Map[string, int], _ func()) { m.Close() }, " 0 chans: closed"},
		"context": {func(_ *stream.Map[string, int], cancel func()) { cancel() }, " 0 context canceled"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := stream.NewMap[string, int](t.Context())
				defer m.Close()
				m.Insert("a", silent)
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				got := make(chan string, 1)
				go func() {
					key, v, err := m.Next(ctx)
					got <- fmt.Sprint(key, " ", v, " ", err)
				}()
				synctest.Wait()
				if len(got) > 0 {
					t.Fatalf("Next returned %s before", <-got)
				}
				test.act(m, cancel)
				if s := <-got; s != test.want {
					t.Errorf("Next = %q, want %q", s, test.want)
				}
			})
		})
	}
}

func TestST08_SourcesTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := stream.NewMap[string, int](t.Context())
		for _, key := range []string{"a", "b", "c"} {
			m.Insert(key, stream.Seq(func(yield func(int) bool) {
				for i := 0; yield(i); i++ {
				}
			}))
		}
		seen := make(map[string]int)
		for key, v := range m.All(t.Context()) {
			if v != seen[key] {
				t.Fatalf("value %d of %s, want %d", v, key, seen[key])
			}
			if seen[key]++; len(seen) == 3 && seen[key] == 10 {
				break
			}
			synctest.Wait()
		}
		for key, n := range seen {
			if n < 7 { // who is first may be so more than once
				t.Errorf("%s had %d turns of %v", key, n, seen)
			}
		}
		synctest.Wait()
		unread := make(map[string]int)
		for _, it := range m.Close() {
			unread[it.Key] = it.Value
		}
		if !maps.Equal(unread, seen) {
			t.Errorf("Close returns %v, want the value after the last of each, %v", unread, seen)
		}
	})
}

func TestST08_NextMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := stream.NewMap[string, int](t.Context())
		defer m.Close()
		insert(t, m, "a", 1)
		insert(t, m, "b", 2)
		insert(t, m, "c", 3)
		synctest.Wait()
		first := stream.Item[string, int]{Key: "x"}
		got, err := m.NextMany(t.Context(), []stream.Item[string, int]{first}, 2)
		if len(got) != 3 || got[0] != first || err != nil {
			t.Fatalf("NextMany of 2 = %v, %v, want two more", got, err)
		}
		got, err = m.NextMany(t.Context(), got, 5)
		if len(got) != 4 || err != nil {
			t.Fatalf("NextMany of the rest = %v, %v, want one more", got, err)
		}
		sum := 0
		for _, it := range got {
			sum += it.Value
		}
		if sum != 6 {
			t.Errorf("values %v, want 1, 2 and 3", got)
		}
		if got, err := m.NextMany(t.Context(), nil, 0); len(got) != 0 || err != nil {
			t.Errorf("NextMany of 0 = %v, %v, want nothing", got, err)
		}
	})
}

func TestMapAfterClose(t *testing.T) {
	m := stream.NewMap[string, int](t.Context())
	m.Close()
	if unread := m.Close(); unread != nil {
		t.Errorf("a second Close returned %v", unread)
	}
	if _, err := m.Insert("a", silent); !errors.Is(err, stream.ErrClosed) {
		t.Errorf("Insert = %v, want %v", err, stream.ErrClosed)
	}
}

// Every value is given or handed back, whoever inserts and removes meanwhile.
func TestMapLosesNothing(t *testing.T) {
	const keys, each = 4, 300
	m := stream.NewMap[int, int](t.Context())
	sources := make([]chan int, keys)
	var seen sync.Map
	see := func(v int) {
		if _, twice := seen.LoadOrStore(v, true); twice {
			t.Errorf("%d was given twice", v)
		}
	}
	var work, readers sync.WaitGroup
	for k := range keys {
		sources[k] = make(chan int)
		work.Go(func() {
			for i := range each {
				sources[k] <- k*each + i
			}
			close(sources[k])
		})
		work.Go(func() {
			for i := range 50 {
				unread, _ := m.Insert(k, stream.Chan(sources[k]))
				if i%2 == 0 {
					unread = append(unread, m.Remove(k)...)
				}
				for _, v := range unread {
					see(v)
				}
			}
		})
	}
	stop := make(chan struct{})
	for range 2 {
		readers.Go(func() {
			for {
				for _, v := range m.All(t.Context()) {
					see(v)
				}
				select {
				case <-stop:
					return
				default:
				}
			}
		})
	}
	work.Wait()
	close(stop)
	readers.Wait() // ends when all sources have
	n := 0
	seen.Range(func(any, any) bool { n++; return true })
	if m.Close(); n != keys*each {
		t.Errorf("%d values arrived, want %d", n, keys*each)
	}
}
