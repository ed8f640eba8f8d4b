// Package minio lists and removes objects: github.com/minio/minio-go.
package minio

import (
	"context"

	"github.com/minio/minio-go/v7"
)

func list(ctx context.Context, c *minio.Client, use func(string)) error {
	for object := range c.ListObjects(ctx, "a", minio.ListObjectsOptions{}) {
		use(object.Key) // want `object.Key is used but object.Err is never looked at`
	}
	return nil
}

func listChecked(ctx context.Context, c *minio.Client, use func(string)) error {
	for object := range c.ListObjects(ctx, "a", minio.ListObjectsOptions{}) {
		if object.Err != nil {
			return object.Err
		}
		use(object.Key)
	}
	return nil
}

func listen(ctx context.Context, c *minio.Client, use func(int)) {
	for info := range c.ListenBucketNotification(ctx, "a", "", "", nil) {
		use(len(info.Records)) // want `info.Records is used but info.Err is never looked at`
	}
}

func listenChecked(ctx context.Context, c *minio.Client, use func(int)) error {
	for info := range c.ListenBucketNotification(ctx, "a", "", "", nil) {
		if info.Err != nil {
			return info.Err
		}
		use(len(info.Records))
	}
	return nil
}

func remove(ctx context.Context, c *minio.Client, objects <-chan minio.ObjectInfo) {
	c.RemoveObjects(ctx, "a", objects, minio.RemoveObjectsOptions{}) // want `the result of c.RemoveObjects, which says which objects were not removed, is discarded`
}

func removeChecked(ctx context.Context, c *minio.Client, objects <-chan minio.ObjectInfo) (failed []string) {
	for e := range c.RemoveObjects(ctx, "a", objects, minio.RemoveObjectsOptions{}) {
		if e.Err != nil {
			failed = append(failed, e.ObjectName)
		}
	}
	return failed
}
