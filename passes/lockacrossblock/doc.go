// Package lockacrossblock reports locks that are held across an operation
// that blocks.
//
// # Analyzer lockacrossblock
//
// lockacrossblock: report locks held across a blocking operation
package lockacrossblock
