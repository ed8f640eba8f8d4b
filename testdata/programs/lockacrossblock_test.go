package programs

import "testing"

func sendAll(t *testing.T, send func(c *counter, job int)) {
	watch(t)
	c := newCounter()
	for i := 1; i <= 1000; i++ {
		send(c, i)
	}
	send(c, 0)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open != 1001 || c.done != 1000 {
		t.Errorf("%d open, %d done, want 1001 and 1000", c.open, c.done)
	}
}

func TestSend(t *testing.T) { sendAll(t, (*counter).send) }

func TestSendDeferred(t *testing.T) { sendAll(t, (*counter).sendDeferred) }
