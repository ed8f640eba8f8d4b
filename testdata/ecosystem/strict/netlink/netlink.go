// Package netlink subscribes in the way that tells nothing.
package netlink

import "github.com/vishvananda/netlink"

func subscribe(done <-chan struct{}) error {
	if err := netlink.LinkSubscribe(make(chan netlink.LinkUpdate, 100), done); err != nil { // want `netlink.LinkSubscribe is used without LinkSubscribeWithOptions, and its default closes the channel without a word; use that to learn of losses`
		return err
	}
	if err := netlink.AddrSubscribe(make(chan netlink.AddrUpdate, 100), done); err != nil { // want `netlink.AddrSubscribe is used without AddrSubscribeWithOptions`
		return err
	}
	if err := netlink.RouteSubscribe(make(chan netlink.RouteUpdate, 100), done); err != nil { // want `netlink.RouteSubscribe is used without RouteSubscribeWithOptions`
		return err
	}
	return netlink.NeighSubscribe(make(chan netlink.NeighUpdate, 100), done) // want `netlink.NeighSubscribe is used without NeighSubscribeWithOptions`
}
