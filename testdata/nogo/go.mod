// Module nogo tests the analyzers in nogo, the driver that Bazel's rules for Go
// build. Its path lies below that of x/tools because nogo uses a package that
// is internal there.
module golang.org/x/tools/nogo

go 1.26.0

require (
	github.com/aymanbagabas/go-udiff v0.4.1
	github.com/bazelbuild/rules_go v0.65.0
	github.com/chanlint/chanlint v0.0.0
	golang.org/x/tools v0.52.0
)

require honnef.co/go/tools v0.8.2 // indirect

replace github.com/chanlint/chanlint => ../..
