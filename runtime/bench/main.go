// Bench compares the companion library with native channels and with public
// libraries. All contenders do the same work in the same process, in turns, and
// the results are printed as Markdown tables.
//
//	cd runtime/bench && go run . [-rounds N] [-time D] [-filter REGEXP]
//
// A number is the smallest of the rounds: on a busy machine the other rounds
// tell what else was running. Compare the numbers of one run with each other
// and nothing else.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"regexp"
	"runtime"
	"slices"
	"time"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("bench: ")
	rounds := flag.Int("rounds", 100, "measure each contender `N` times")
	each := flag.Duration("time", 2*time.Millisecond, "have one measurement last about `D`")
	filter := flag.String("filter", "", "measure only items whose name matches `REGEXP`")
	flag.Parse()
	wanted, err := regexp.Compile(*filter)
	if err != nil || flag.NArg() > 0 || *rounds < 1 || *each <= 0 {
		fmt.Fprintln(os.Stderr, "usage: go run . [flags]")
		flag.PrintDefaults()
		os.Exit(2)
	}
	chosen := slices.DeleteFunc(items(), func(it item) bool { return !wanted.MatchString(it.name) })
	if len(chosen) == 0 {
		log.Fatalf("no item matches %q", *filter)
	}

	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	start := time.Now()
	results, err := measureAll(ctx, chosen, *rounds, *each)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("Minimum of %d rounds of %v; %s, GOMAXPROCS %d; %.0f s.\n\n",
		*rounds, *each, runtime.Version(), runtime.GOMAXPROCS(0), time.Since(start).Seconds())
	fmt.Println(timesTable(chosen, results))
	fmt.Print(targetsTable(chosen, results))
}
