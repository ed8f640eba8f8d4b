// Package netlinkfixed knows of the other way, and uses this one where the
// end does not matter.
package netlinkfixed

import "github.com/vishvananda/netlink"

func subscribe(done <-chan struct{}, failed func(error)) error {
	links, addrs := make(chan netlink.LinkUpdate, 100), make(chan netlink.AddrUpdate, 100)
	routes, neighs := make(chan netlink.RouteUpdate, 100), make(chan netlink.NeighUpdate, 100)
	if err := netlink.LinkSubscribeWithOptions(links, done, netlink.LinkSubscribeOptions{ErrorCallback: failed}); err != nil {
		return err
	}
	if err := netlink.AddrSubscribeWithOptions(addrs, done, netlink.AddrSubscribeOptions{ErrorCallback: failed}); err != nil {
		return err
	}
	if err := netlink.RouteSubscribeWithOptions(routes, done, netlink.RouteSubscribeOptions{ErrorCallback: failed}); err != nil {
		return err
	}
	return netlink.NeighSubscribeWithOptions(neighs, done, netlink.NeighSubscribeOptions{ErrorCallback: failed})
}

func any(done <-chan struct{}) {
	_ = netlink.LinkSubscribe(make(chan netlink.LinkUpdate, 1), done)
	_ = netlink.AddrSubscribe(make(chan netlink.AddrUpdate, 1), done)
	_ = netlink.RouteSubscribe(make(chan netlink.RouteUpdate, 1), done)
	_ = netlink.NeighSubscribe(make(chan netlink.NeighUpdate, 1), done)
}
