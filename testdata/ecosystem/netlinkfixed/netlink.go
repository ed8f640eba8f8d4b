// Package netlinkfixed is told why a subscription ends.
package netlinkfixed

import "github.com/vishvananda/netlink"

func subscribe(done <-chan struct{}, failed func(error)) error {
	links := make(chan netlink.LinkUpdate, 100)
	if err := netlink.LinkSubscribeWithOptions(links, done, netlink.LinkSubscribeOptions{ErrorCallback: failed}); err != nil {
		return err
	}
	addrs := make(chan netlink.AddrUpdate, 100)
	if err := netlink.AddrSubscribeWithOptions(addrs, done, netlink.AddrSubscribeOptions{ErrorCallback: failed}); err != nil {
		return err
	}
	routes := make(chan netlink.RouteUpdate, 100)
	if err := netlink.RouteSubscribeWithOptions(routes, done, netlink.RouteSubscribeOptions{ErrorCallback: failed}); err != nil {
		return err
	}
	neighs := make(chan netlink.NeighUpdate, 100)
	return netlink.NeighSubscribeWithOptions(neighs, done, netlink.NeighSubscribeOptions{ErrorCallback: failed})
}
