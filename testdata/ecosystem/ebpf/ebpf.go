// Package ebpf reads from the kernel: github.com/cilium/ebpf.
package ebpf

import "github.com/cilium/ebpf/perf"

func read(r *perf.Reader, use func([]byte)) error {
	for {
		record, err := r.Read()
		if err != nil {
			return err
		}
		use(record.RawSample) // want `record.RawSample is used but record.LostSamples is never looked at`
	}
}

func readChecked(r *perf.Reader, use func([]byte), lost func(uint64)) error {
	for {
		record, err := r.Read()
		if err != nil {
			return err
		}
		if record.LostSamples > 0 {
			lost(record.LostSamples)
			continue
		}
		use(record.RawSample)
	}
}
