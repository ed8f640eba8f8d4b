package basic

import (
	"context"
	"errors"
	"log"

	"github.com/chanlint/chanlint/runtime/broadcast"
	"github.com/chanlint/chanlint/runtime/chans"
)

func lagEndsLoop(ctx context.Context, rx *broadcast.Receiver[string]) {
	for {
		v, err := rx.Recv(ctx) // want `^any error of rx.Recv ends this loop, but after ErrLagged values go on; handle that one and continue$`
		if err != nil {
			log.Print("the end: ", err)
			return
		}
		use(v)
	}
}

func lagContinues(ctx context.Context, rx *broadcast.Receiver[string]) {
	for {
		v, err := rx.Recv(ctx)
		var lag *broadcast.LaggedError
		if errors.As(err, &lag) {
			log.Print("missed ", lag.Missed)
			continue
		}
		if err != nil {
			return
		}
		use(v)
	}
}

func lagContinuesBySentinel(ctx context.Context, rx *broadcast.Receiver[string]) {
	for {
		v, err := rx.Recv(ctx)
		if errors.Is(err, chans.ErrLagged) {
			use("resynchronize")
			continue
		}
		if err != nil {
			break
		}
		use(v)
	}
}

func lagBlank(ctx context.Context, rx *broadcast.Receiver[string]) {
	for ctx.Err() == nil {
		v, _ := rx.Recv(ctx) // want `the error of rx.Recv is discarded, so values that are lost are not noticed; look for ErrLagged`
		use(v)
	}
}

func lagSkipped(ctx context.Context, rx *broadcast.Receiver[string]) {
	for ctx.Err() == nil {
		v, err := rx.Recv(ctx) // want `no error of rx.Recv is told from another, so values lost by ErrLagged are not noticed; handle that one`
		if err != nil {
			continue
		}
		use(v)
	}
}

func lagTakenForClosed(ctx context.Context, rx *broadcast.Receiver[string]) {
	for {
		v, err := rx.Recv(ctx) // want `no error of rx.Recv is told from another`
		if errors.Is(err, broadcast.ErrClosed) {
			return
		}
		use(v)
	}
}

func lagBreaksRange(ctx context.Context, rx *broadcast.Receiver[string]) {
	for v, err := range rx.All(ctx) { // want `any error of rx.All ends this loop`
		if err != nil {
			break
		}
		use(v)
	}
}

func lagNotRanged(ctx context.Context, rx *broadcast.Receiver[string]) {
	for v := range rx.All(ctx) { // want `the error of rx.All is discarded`
		use(v)
	}
}

func lagRanged(ctx context.Context, rx *broadcast.Receiver[string]) (missed uint64) {
	for v, err := range rx.All(ctx) {
		if lag, ok := errors.AsType[*broadcast.LaggedError](err); ok {
			missed += lag.Missed
			continue
		}
		use(v)
	}
	return missed
}
