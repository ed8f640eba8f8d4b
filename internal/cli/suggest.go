package cli

// suggest returns a clause that names the candidate nearest to what was
// typed, or nothing if none is near.
func suggest(typed string, candidates []string) string {
	best, least := "", max(1, len(typed)/3)+1
	for _, c := range candidates {
		if len(c) < 3 {
			continue // everything short is near to them
		}
		if d := distance(typed, c); d < least {
			best, least = c, d
		}
	}
	if best == "" {
		return "; see chanlint help"
	}
	return "; is " + best + " meant?"
}

// distance returns how many letters must be inserted, deleted or replaced to
// turn a into b.
func distance(a, b string) int {
	row := make([]int, len(b)+1) // distances from a prefix of a to the prefixes of b
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
