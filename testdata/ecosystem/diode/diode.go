// Package diode overwrites what is not read in time: github.com/rs/zerolog,
// code.cloudfoundry.org/go-diodes.
package diode

import (
	"io"

	"code.cloudfoundry.org/go-diodes"
	"github.com/rs/zerolog/diode"
)

func writer(w io.Writer) io.Writer {
	return diode.NewWriter(w, 1000, 0, nil) // want `the handler passed to diode.NewWriter is nil, so nobody is told how many lines were dropped`
}

func writerThatTells(w io.Writer, missed func(int)) io.Writer {
	return diode.NewWriter(w, 1000, 0, missed)
}

func rings() (*diodes.OneToOne, *diodes.ManyToOne) {
	return diodes.NewOneToOne(100, nil), // want `the handler passed to diodes.NewOneToOne is nil`
		diodes.NewManyToOne(100, nil) // want `the handler passed to diodes.NewManyToOne is nil`
}

func ringsThatTell(alerter diodes.Alerter) (*diodes.OneToOne, *diodes.ManyToOne) {
	return diodes.NewOneToOne(100, alerter), diodes.NewManyToOne(100, alerter)
}
