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
