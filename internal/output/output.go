// Package output writes files so that nobody ever finds half of one.
package output

import (
	"errors"
	"os"
	"path/filepath"
)

// WriteFile writes a file as a whole: until all of it is written, what was
// there stays. A file that exists keeps its permissions, a symbolic link leads
// where it led.
func WriteFile(name string, data []byte) error {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		if !info.Mode().IsRegular() {
			return os.WriteFile(name, data, mode) // a pipe or a device, as /dev/stdout
		}
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		if at, ok := errors.AsType[*os.PathError](err); ok {
			at.Path = name // nobody knows the other one
		}
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
