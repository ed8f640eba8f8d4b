// Package mongo reads change streams: go.mongodb.org/mongo-driver.
package mongo

import (
	"context"

	mongo1 "go.mongodb.org/mongo-driver/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

func changes(ctx context.Context, c *mongo.Collection, use func([]byte)) error {
	cs, err := c.Watch(ctx, mongo.Pipeline{})
	if err != nil {
		return err
	}
	defer cs.Close(ctx)
	for cs.Next(ctx) { // want `cs.Next is used but cs.Err is never checked`
		use(cs.Current)
	}
	return nil
}

func changesChecked(ctx context.Context, c *mongo.Collection, use func([]byte)) error {
	cs, err := c.Watch(ctx, mongo.Pipeline{})
	if err != nil {
		return err
	}
	defer cs.Close(ctx)
	for cs.Next(ctx) {
		use(cs.Current)
	}
	return cs.Err()
}

func changes1(ctx context.Context, c *mongo1.Collection, use func([]byte)) error {
	cs, err := c.Watch(ctx, mongo1.Pipeline{})
	if err != nil {
		return err
	}
	for cs.TryNext(ctx) { // want `cs.TryNext is used but cs.Err is never checked`
		use(cs.Current)
	}
	return nil
}

func changes1Checked(ctx context.Context, c *mongo1.Collection, use func([]byte)) error {
	cs, err := c.Watch(ctx, mongo1.Pipeline{})
	if err != nil {
		return err
	}
	for cs.TryNext(ctx) {
		use(cs.Current)
	}
	return cs.Err()
}

// A cursor has the shape of an iterator.
func cursor(ctx context.Context, c *mongo.Collection, use func([]byte)) error {
	cur, err := c.Find(ctx, nil)
	if err != nil {
		return err
	}
	for cur.Next(ctx) { // want `cur.Next is used but cur.Err is never checked`
		use(cur.Current)
	}
	return nil
}
