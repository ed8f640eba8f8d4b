// Package zk watches nodes: github.com/go-zookeeper/zk.
package zk

import "github.com/go-zookeeper/zk"

func changed(c *zk.Conn, use func(string)) error {
	_, _, events, err := c.GetW("/a")
	if err != nil {
		return err
	}
	event := <-events
	use(event.Path) // want `event.Path is used but event.Err is never looked at`
	return nil
}

func changedChecked(c *zk.Conn, use func(string)) error {
	_, _, events, err := c.GetW("/a")
	if err != nil {
		return err
	}
	event := <-events
	if event.Type == zk.EventNotWatching {
		return event.Err
	}
	use(event.Path)
	return nil
}
