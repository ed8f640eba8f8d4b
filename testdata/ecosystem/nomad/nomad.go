// Package nomad follows events: github.com/hashicorp/nomad/api.
package nomad

import (
	"context"

	"github.com/hashicorp/nomad/api"
)

func follow(ctx context.Context, s *api.EventStream, use func(api.Event)) error {
	all, err := s.Stream(ctx, nil, 0, nil)
	if err != nil {
		return err
	}
	for events := range all {
		for _, e := range events.Events { // want `events.Events is used but events.Err is never looked at`
			use(e)
		}
	}
	return nil
}

func followChecked(ctx context.Context, s *api.EventStream, use func(api.Event)) error {
	all, err := s.Stream(ctx, nil, 0, nil)
	if err != nil {
		return err
	}
	for events := range all {
		if events.Err != nil {
			return events.Err
		}
		for _, e := range events.Events {
			use(e)
		}
	}
	return nil
}
