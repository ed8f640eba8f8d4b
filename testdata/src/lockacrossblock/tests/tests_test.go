package tests

func sendUnderLock(c *counter) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hits <- c.seen // want `c\.mu`
}

func sendAfterUnlock(c *counter) {
	c.mu.Lock()
	seen := c.seen
	c.mu.Unlock()
	c.hits <- seen
}
