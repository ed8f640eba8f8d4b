// Package nearest finds the name that was meant by one that was mistyped.
package nearest

// Name returns the candidate nearest to what was typed, or "" if none is near.
func Name(typed string, candidates []string) string {
	best, least := "", max(1, len(typed)/3)+1
	for _, c := range candidates {
		if len(c) < 3 {
			continue // everything short is near to them
		}
		if d := distance(typed, c); d < least {
			best, least = c, d
		}
	}
	return best
}

// distance returns how many letters must be inserted, deleted, replaced or
// swapped with the next to turn a into b.
func distance(a, b string) int {
	// rows[i][j] is the distance of the first i letters of a to the first j
	// of b.
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			replace := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				replace++
			}
			rows[i][j] = min(replace, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
