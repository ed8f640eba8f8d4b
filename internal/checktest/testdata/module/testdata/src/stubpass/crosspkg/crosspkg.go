package crosspkg

import (
	"github.com/chanlint/chanlint/runtime/pipe"
	"stubpass/crosspkg/bus"
)

func calls() {
	bus.Bad()  // want `^bus.Bad is called; call Good$`
	pipe.Bad() // want `^pipe.Bad is called; call Good$`
	bus.Good()
	pipe.Good()
}
