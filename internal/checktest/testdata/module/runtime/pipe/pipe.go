// Package pipe stands for the companion library.
package pipe

func Bad() {}

func Good() {}
