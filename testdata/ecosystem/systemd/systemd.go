// Package systemd follows units: github.com/coreos/go-systemd.
package systemd

import (
	"time"

	"github.com/coreos/go-systemd/v22/dbus"
)

func follow(c *dbus.Conn, use func(map[string]*dbus.UnitStatus)) {
	units, _ := c.SubscribeUnits(time.Second) // want `the channel of errors that c.SubscribeUnits returns is discarded`
	for changed := range units {
		use(changed)
	}
}

func followChecked(c *dbus.Conn, use func(map[string]*dbus.UnitStatus)) error {
	units, errs := c.SubscribeUnits(time.Second)
	for {
		select {
		case changed := <-units:
			use(changed)
		case err := <-errs:
			return err
		}
	}
}

func subscribe(c *dbus.Conn, states chan *dbus.SubStateUpdate, properties chan *dbus.PropertiesUpdate) {
	c.SetSubStateSubscriber(states, nil)       // want `the handler passed to c.SetSubStateSubscriber is nil, so nobody is told of updates that found no room`
	c.SetPropertiesSubscriber(properties, nil) // want `the handler passed to c.SetPropertiesSubscriber is nil`
}

func subscribeAndTell(c *dbus.Conn, states chan *dbus.SubStateUpdate, properties chan *dbus.PropertiesUpdate, errs chan error) {
	c.SetSubStateSubscriber(states, errs)
	c.SetPropertiesSubscriber(properties, errs)
}
