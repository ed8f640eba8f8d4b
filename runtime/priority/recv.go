package priority

import "context"

// Recv2 receives from a or b, and prefers a. It returns which of them, 1 or 2,
// with the value in the place of that source. Otherwise from is 0, and the error
// that of ctx if it has ended, or else [ErrClosed] if a and b have. p may be nil.
func Recv2[A, B any](ctx context.Context, p *Picker, a <-chan A, b <-chan B) (from int, va A, vb B, err error) {
	from, err = p.choose(ctx, 2, func(i int) answer {
		if i == 0 {
			return ask(&a, &va)
		}
		return ask(&b, &vb)
	}, func() (int, answer) {
		select {
		case v, ok := <-a:
			return 0, accept(&a, &va, v, ok)
		case v, ok := <-b:
			return 1, accept(&b, &vb, v, ok)
		case <-ctx.Done():
			return -1, nothing
		}
	})
	return from, va, vb, err
}

// Recv3 is [Recv2] for three sources.
func Recv3[A, B, C any](
	ctx context.Context, p *Picker, a <-chan A, b <-chan B, c <-chan C,
) (from int, va A, vb B, vc C, err error) {
	from, err = p.choose(ctx, 3, func(i int) answer {
		switch i {
		case 0:
			return ask(&a, &va)
		case 1:
			return ask(&b, &vb)
		default:
			return ask(&c, &vc)
		}
	}, func() (int, answer) {
		select {
		case v, ok := <-a:
			return 0, accept(&a, &va, v, ok)
		case v, ok := <-b:
			return 1, accept(&b, &vb, v, ok)
		case v, ok := <-c:
			return 2, accept(&c, &vc, v, ok)
		case <-ctx.Done():
			return -1, nothing
		}
	})
	return from, va, vb, vc, err
}

// Recv4 is [Recv2] for four sources.
func Recv4[A, B, C, D any](
	ctx context.Context, p *Picker, a <-chan A, b <-chan B, c <-chan C, d <-chan D,
) (from int, va A, vb B, vc C, vd D, err error) {
	from, err = p.choose(ctx, 4, func(i int) answer {
		switch i {
		case 0:
			return ask(&a, &va)
		case 1:
			return ask(&b, &vb)
		case 2:
			return ask(&c, &vc)
		default:
			return ask(&d, &vd)
		}
	}, func() (int, answer) {
		select {
		case v, ok := <-a:
			return 0, accept(&a, &va, v, ok)
		case v, ok := <-b:
			return 1, accept(&b, &vb, v, ok)
		case v, ok := <-c:
			return 2, accept(&c, &vc, v, ok)
		case v, ok := <-d:
			return 3, accept(&d, &vd, v, ok)
		case <-ctx.Done():
			return -1, nothing
		}
	})
	return from, va, vb, vc, vd, err
}
