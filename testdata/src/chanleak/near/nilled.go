package near

// What is only made at need is only waited for then.
func visit(fields []string, cached map[string]bool, prepare func([]string) error) error {
	var errs chan error
	if len(fields) > 0 {
		if !cached[fields[0]] {
			errs = make(chan error, 1)
			go func() {
				if err := prepare(fields); err != nil {
					errs <- err
				}
				close(errs)
			}()
		}
	}
	if errs != nil {
		return <-errs
	}
	return nil
}

func visitAll(fields, known []string, cached map[string]bool, prepare func([]string) error) ([]string, error) {
	filter := func(fields []string) []string {
		var out []string
		for _, f := range fields {
			if !cached[f] {
				out = append(out, f)
			}
		}
		return out
	}
	filtered := filter(fields)
	var errs chan error
	if known == nil {
		known = filtered
		if !cached[known[0]] {
			errs = make(chan error, 1)
			go func() {
				err := prepare(known)
				if err != nil {
					errs <- err
				}
				close(errs)
			}()
		}
	}
	var err error
	if len(filtered) > 0 {
		if err = prepare(filtered); err != nil {
			return nil, err
		}
	}
	if errs != nil {
		err = <-errs
		if err != nil {
			return nil, err
		}
	}
	return known, nil
}

// The same, called by another function.
func visitTwice(fields []string, cached map[string]bool, prepare func([]string) error) error {
	known, err := visitAll(fields, nil, cached, prepare)
	if err != nil {
		return err
	}
	_, err = visitAll(fields, known, cached, prepare)
	return err
}
