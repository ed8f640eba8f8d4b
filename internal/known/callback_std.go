package known

func stdCallbacks() map[string][]Callback {
	return map[string][]Callback{
		"(*archive/zip.Reader).RegisterDecompressor":    {{1, Stored}},
		"(*archive/zip.Writer).RegisterCompressor":      {{1, Stored}},
		"(*bufio.Scanner).Split":                        {{0, Stored}}, // by Scan
		"(*container/ring.Ring).Do":                     {{0, InPlace}},
		"(*crypto/x509.CertPool).AddCertWithConstraint": {{1, Stored}},
		"(*database/sql.Conn).Raw":                      {{0, InPlace}}, // with the driver's connection locked
		"(*expvar.Map).Do":                              {{0, InPlace}},
		"(*flag.FlagSet).BoolFunc":                      {{2, Stored}},
		"(*flag.FlagSet).Func":                          {{2, Stored}},
		"(*flag.FlagSet).Visit":                         {{0, InPlace}},
		"(*flag.FlagSet).VisitAll":                      {{0, InPlace}},
		"(*go/build/constraint.AndExpr).Eval":           {{0, InPlace}},
		"(*go/build/constraint.NotExpr).Eval":           {{0, InPlace}},
		"(*go/build/constraint.OrExpr).Eval":            {{0, InPlace}},
		"(*go/build/constraint.TagExpr).Eval":           {{0, InPlace}},
		"(*go/doc.Package).Filter":                      {{0, InPlace}},
		"(*go/scanner.Scanner).Init":                    {{2, Stored}}, // by Scan
		"(*go/token.FileSet).Iterate":                   {{0, InPlace}},
		"(*go/token.FileSet).Read":                      {{0, InPlace}},
		"(*go/token.FileSet).Write":                     {{0, InPlace}},
		"(*math/rand.Rand).Shuffle":                     {{1, InPlace}},
		"(*math/rand/v2.Rand).Shuffle":                  {{1, InPlace}},
		"(*net/http.ClientConn).SetStateHook":           {{0, Stored}},
		"(*net/http.ServeMux).HandleFunc":               {{1, Stored}},
		"(*net/http.Server).RegisterOnShutdown":         {{0, Stored}}, // by Shutdown, which does not wait for it
		"(*os.Process).WithHandle":                      {{0, InPlace}},
		"(*regexp.Regexp).ReplaceAllFunc":               {{1, InPlace}},
		"(*regexp.Regexp).ReplaceAllStringFunc":         {{1, InPlace}},
		"(*sync.Map).Range":                             {{0, InPlace}},
		"(*sync.Once).Do":                               {{0, InPlace}},   // at most once; also an Op
		"(*sync.WaitGroup).Go":                          {{0, Goroutine}}, // also an Op
		"(*testing.B).Run":                              {{1, InPlace}},   // goroutine of its own, waited for
		"(*testing.B).RunParallel":                      {{0, InPlace}},   // on many goroutines at a time, all waited for
		"(*testing.F).Fuzz":                             {{0, InPlace}},   // typed any; like T.Run, many times
		"(*testing.T).Run":                              {{1, InPlace}},   // goroutine of its own, waited for until it calls Parallel; Goexit ends that one only
		"(*testing.common).Cleanup":                     {{0, Stored}},    // when the test ends, last one first
		"(fmt.ScanState).Token":                         {{1, InPlace}},   // an interface, but only fmt implements it
		"(go/build/constraint.Expr).Eval":               {{0, InPlace}},
		"(log/slog.Record).Attrs":                       {{0, InPlace}},
		"(reflect.Type).FieldByNameFunc":                {{0, InPlace}},
		"(reflect.Value).FieldByNameFunc":               {{0, InPlace}},
		"(syscall.RawConn).Control":                     {{0, InPlace}},
		"(syscall.RawConn).Read":                        {{0, InPlace}}, // again each time the file is ready, until it returns true
		"(syscall.RawConn).Write":                       {{0, InPlace}}, // again each time the file is ready, until it returns true
		"(testing.TB).Cleanup":                          {{0, Stored}},  // when the test ends, last one first
		"archive/zip.RegisterCompressor":                {{1, Stored}},
		"archive/zip.RegisterDecompressor":              {{1, Stored}},
		"bytes.ContainsFunc":                            {{1, InPlace}},
		"bytes.FieldsFunc":                              {{1, InPlace}},
		"bytes.FieldsFuncSeq":                           {{1, Stored}}, // by whoever ranges over the result
		"bytes.IndexFunc":                               {{1, InPlace}},
		"bytes.LastIndexFunc":                           {{1, InPlace}},
		"bytes.Map":                                     {{0, InPlace}},
		"bytes.TrimFunc":                                {{1, InPlace}},
		"bytes.TrimLeftFunc":                            {{1, InPlace}},
		"bytes.TrimRightFunc":                           {{1, InPlace}},
		"context.AfterFunc":                             {{1, Goroutine}}, // at once if the context has ended
		"crypto.RegisterHash":                           {{1, Stored}},
		"crypto/fips140.WithoutEnforcement":             {{0, InPlace}},
		"crypto/hkdf.Expand":                            {{0, InPlace}},
		"crypto/hkdf.Extract":                           {{0, InPlace}},
		"crypto/hkdf.Key":                               {{0, InPlace}},
		"crypto/hmac.New":                               {{0, InPlace}},
		"crypto/pbkdf2.Key":                             {{0, InPlace}},
		"crypto/subtle.WithDataIndependentTiming":       {{0, InPlace}},
		"expvar.Do":                                     {{0, InPlace}},
		"flag.BoolFunc":                                 {{2, Stored}},
		"flag.Func":                                     {{2, Stored}},
		"flag.Visit":                                    {{0, InPlace}},
		"flag.VisitAll":                                 {{0, InPlace}},
		"go/ast.FilterDecl":                             {{1, InPlace}},
		"go/ast.FilterFile":                             {{1, InPlace}},
		"go/ast.FilterPackage":                          {{1, InPlace}},
		"go/ast.Fprint":                                 {{3, InPlace}},
		"go/ast.Inspect":                                {{1, InPlace}},
		"go/ast.NewPackage":                             {{2, InPlace}},
		"go/ast.PreorderStack":                          {{2, InPlace}},
		"go/importer.For":                               {{1, Stored}}, // by Import
		"go/importer.ForCompiler":                       {{2, Stored}}, // by Import
		"go/parser.ParseDir":                            {{2, InPlace}},
		"go/types.ObjectString":                         {{1, InPlace}},
		"go/types.SelectionString":                      {{1, InPlace}},
		"go/types.TypeString":                           {{1, InPlace}},
		"go/types.WriteSignature":                       {{2, InPlace}},
		"go/types.WriteType":                            {{2, InPlace}},
		"image.RegisterFormat":                          {{2, Stored}, {3, Stored}},
		"image/color.ModelFunc":                         {{0, Stored}},
		"io/fs.WalkDir":                                 {{2, InPlace}},
		"iter.Pull":                                     {{0, Stored}},  // by next, as a coroutine
		"iter.Pull2":                                    {{0, Stored}},  // by next, as a coroutine
		"maps.Collect":                                  {{0, InPlace}}, // an iterator, as in the other cases that take an iter.Seq
		"maps.DeleteFunc":                               {{1, InPlace}},
		"maps.EqualFunc":                                {{2, InPlace}},
		"maps.Insert":                                   {{1, InPlace}},
		"math/rand.Shuffle":                             {{1, InPlace}},
		"math/rand/v2.Shuffle":                          {{1, InPlace}},
		"net/http.HandleFunc":                           {{1, Stored}},
		"os.Expand":                                     {{1, InPlace}},
		"path/filepath.Walk":                            {{1, InPlace}},
		"path/filepath.WalkDir":                         {{1, InPlace}},
		"reflect.MakeFunc":                              {{1, Stored}},
		"runtime.AddCleanup":                            {{1, Stored}}, // on a goroutine of the runtime
		"runtime.SetFinalizer":                          {{1, Stored}}, // typed any; on the goroutine of the finalizers
		"runtime/pprof.Do":                              {{2, InPlace}},
		"runtime/pprof.ForLabels":                       {{1, InPlace}},
		"runtime/trace.WithRegion":                      {{2, InPlace}},
		"slices.AppendSeq":                              {{1, InPlace}},
		"slices.BinarySearchFunc":                       {{2, InPlace}},
		"slices.Collect":                                {{0, InPlace}},
		"slices.CompactFunc":                            {{1, InPlace}},
		"slices.CompareFunc":                            {{2, InPlace}},
		"slices.ContainsFunc":                           {{1, InPlace}},
		"slices.DeleteFunc":                             {{1, InPlace}},
		"slices.EqualFunc":                              {{2, InPlace}},
		"slices.IndexFunc":                              {{1, InPlace}},
		"slices.IsSortedFunc":                           {{1, InPlace}},
		"slices.MaxFunc":                                {{1, InPlace}},
		"slices.MinFunc":                                {{1, InPlace}},
		"slices.SortFunc":                               {{1, InPlace}},
		"slices.SortStableFunc":                         {{1, InPlace}},
		"slices.Sorted":                                 {{0, InPlace}},
		"slices.SortedFunc":                             {{0, InPlace}, {1, InPlace}},
		"slices.SortedStableFunc":                       {{0, InPlace}, {1, InPlace}},
		"sort.Find":                                     {{1, InPlace}},
		"sort.Search":                                   {{1, InPlace}},
		"sort.Slice":                                    {{1, InPlace}},
		"sort.SliceIsSorted":                            {{1, InPlace}},
		"sort.SliceStable":                              {{1, InPlace}},
		"strings.ContainsFunc":                          {{1, InPlace}},
		"strings.FieldsFunc":                            {{1, InPlace}},
		"strings.FieldsFuncSeq":                         {{1, Stored}}, // by whoever ranges over the result
		"strings.IndexFunc":                             {{1, InPlace}},
		"strings.LastIndexFunc":                         {{1, InPlace}},
		"strings.Map":                                   {{0, InPlace}},
		"strings.TrimFunc":                              {{1, InPlace}},
		"strings.TrimLeftFunc":                          {{1, InPlace}},
		"strings.TrimRightFunc":                         {{1, InPlace}},
		"sync.OnceFunc":                                 {{0, Stored}}, // also an Op, as are the next two
		"sync.OnceValue":                                {{0, Stored}},
		"sync.OnceValues":                               {{0, Stored}},
		"testing.AllocsPerRun":                          {{1, InPlace}},
		"testing.Benchmark":                             {{0, InPlace}}, // goroutine of its own, waited for
		"testing.Main":                                  {{0, InPlace}},
		"testing.RunBenchmarks":                         {{0, InPlace}},
		"testing.RunExamples":                           {{0, InPlace}},
		"testing.RunTests":                              {{0, InPlace}},
		"testing/slogtest.Run":                          {{1, InPlace}, {2, InPlace}},
		"testing/slogtest.TestHandler":                  {{1, InPlace}},
		"testing/synctest.Test":                         {{1, InPlace}},   // goroutine of its own, waited for with all that it starts
		"time.AfterFunc":                                {{1, Goroutine}}, // also an Op
	}
}
