// Package netlink subscribes to changes of the network:
// github.com/vishvananda/netlink.
package netlink

import "github.com/vishvananda/netlink"

func subscribe(done <-chan struct{}) error {
	links := make(chan netlink.LinkUpdate, 100)
	if err := netlink.LinkSubscribeWithOptions(links, done, netlink.LinkSubscribeOptions{ListExisting: true}); err != nil { // want `^LinkSubscribeOptions is used without ErrorCallback, so nobody learns of errors; set it$`
		return err
	}
	addrs := make(chan netlink.AddrUpdate, 100)
	if err := netlink.AddrSubscribeWithOptions(addrs, done, netlink.AddrSubscribeOptions{}); err != nil { // want `AddrSubscribeOptions is used without ErrorCallback`
		return err
	}
	routes := make(chan netlink.RouteUpdate, 100)
	if err := netlink.RouteSubscribeWithOptions(routes, done, netlink.RouteSubscribeOptions{}); err != nil { // want `RouteSubscribeOptions is used without ErrorCallback`
		return err
	}
	neighs := make(chan netlink.NeighUpdate, 100)
	return netlink.NeighSubscribeWithOptions(neighs, done, netlink.NeighSubscribeOptions{}) // want `NeighSubscribeOptions is used without ErrorCallback`
}
