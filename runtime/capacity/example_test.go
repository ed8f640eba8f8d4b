package capacity_test

import (
	"fmt"
	"os"
	"time"

	"github.com/chanlint/chanlint/runtime/capacity"
)

func ExampleLoad() {
	load := capacity.Load{Arrivals: 800, Services: 1000}
	n, err := load.ForFull(0.001)
	if err != nil {
		fmt.Println(err)
		return
	}
	wait, _ := load.Wait()
	fmt.Printf("busy for %.0f %% of the time\n", 100*load.Utilization())
	fmt.Printf("%d places, so that one send in a thousand waits for room\n", n)
	fmt.Printf("%v in the queue on average\n", wait.Round(time.Microsecond))
	// Output:
	// busy for 80 % of the time
	// 30 places, so that one send in a thousand waits for room
	// 4ms in the queue on average
}

func ExamplePlan() {
	r, err := capacity.Plan(capacity.Burst{
		Produce: 5000, Base: 200, Consume: 1000,
		Duration: 2 * time.Second, Wait: 3 * time.Second,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	r.WriteText(os.Stdout)
	// Output:
	// burst      5000 values/s for 2s, then 200/s; 1000/s are consumed
	// capacity   3000, for a backlog of 8255
	// wait       3s at most for 99 of 100 values
	// blocked    senders are held up for 1.273s of each burst
	// recovery   3.75s after the burst
	// better     consume 2056/s, and nobody is held up or waits longer than 3s
	//
	//       3000 |       ################
	//            |      #####################
	//            |      #########################
	//            |     ##############################
	//            |    ##################################
	//            |   #######################################
	//            |   ###########################################
	//            |  ################################################
	//            | #####################################################
	//            |##########################################################
	//          0 +------------------------------------------------------------
	//             0s                                                     5.75s
}
