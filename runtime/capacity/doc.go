// Package capacity computes how large the buffer of a queue should be.
//
//	load := capacity.Load{Arrivals: 800, Services: 1000}
//	n, err := load.ForFull(0.001) // one send in a thousand has to wait
//
//	r, err := capacity.Plan(capacity.Burst{
//		Produce: 5000, Base: 200, Consume: 1000,
//		Duration: 2 * time.Second, Wait: 10 * time.Second,
//	})
//	r.WriteText(os.Stdout)
//
// A buffer evens out what is irregular. It does not help against a load that is too
// high: then any buffer is full sooner or later, and its size only decides
// how long every value waits in it. So there is a smallest capacity that takes up
// the irregularities, and a largest that keeps the wait within bounds, and if
// the first exceeds the second, what is missing is consumers.
//
// Use it to choose a capacity before there is a program to measure ([Load],
// [Burst]), or from what one has measured ([Observe]). Do not use it for queues
// whose producers slow down by themselves when the answers come late: they are their
// own limit.
//
// # Where the formulas come from
//
//   - The probability that all consumers are busy is that of Erlang (1917), known as
//     Erlang C: exact for independent arrivals and exponential service times.
//   - Its extension to other variations is that of Allen and Cunneen (Allen,
//     Probability, Statistics, and Queueing Theory, 1978), with the correction
//     of Kraemer and Langenbach-Belz (1976) for arrivals that are more regular
//     than independent ones.
//   - The length of the queue is taken to be geometric with the mean that these
//     give (Buzacott and Shanthikumar, Stochastic Models of Manufacturing Systems,
//     1993): exact where Erlang's formula is.
//   - The share that a bounded buffer refuses follows from the probability
//     that an unbounded one is longer (Tijms, A First Course in Stochastic Models,
//     2003): exact where Erlang's formula is, and for one consumer with any service
//     times if that probability is.
//   - The largest capacity for a wait is Little's law (1961).
//   - The backlog of a burst is that of a flow with a bounded burst (Cruz, A
//     Calculus for Network Delay, 1991), with a margin for the irregularities
//     within the burst, which are taken to be normal.
//
// # How good they are
//
// Tests simulate the queues, at up to nine tenths of what the consumers can do. For
// independent arrivals the capacities differ from those in the simulation by no
// more than a tenth, or one place: with one consumer whose service times have a
// coefficient of variation from 0 to 1.4, and with several whose times are
// exponential. For regular arrivals they are up to a quarter too large, and too small
// by no more than a tenth, or one place.
//
// # Cost
//
// Some floating point arithmetic. Nothing blocks, and there is no state.
package capacity
