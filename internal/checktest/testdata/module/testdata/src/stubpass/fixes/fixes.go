package fixes

import "stubpass/crosspkg/bus"

func Bad() {} // want Bad:"bad"

func Good() {}

func calls() {
	Bad()     // want `Bad is called`
	bus.Bad() // want `bus.Bad is called`
}
