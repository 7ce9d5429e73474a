package qca

import "math"

// errSeparated is the failure of a regression to settle.
func errSeparated() error {
	return &InputError{Problem: "the regression does not settle: too few cases, or groups that the values separate completely",
		Remedy: "use other thresholds or the direct method"}
}

func inverseLogit(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// logitFit returns the means that a logit regression of y on the design
// predicts, by iteratively reweighted least squares.
func logitFit(design [][]float64, y []float64) ([]float64, error) {
	scaled, n := scaledColumns(design), len(y)
	mean, eta := make([]float64, n), make([]float64, n)
	for i := range y {
		mean[i] = (y[i] + 0.5) / 2
		eta[i] = math.Log(mean[i] / (1 - mean[i]))
	}
	for range 200 {
		rows, right := make([][]float64, n), make([]float64, n)
		for i, row := range scaled {
			weight := mean[i] * (1 - mean[i])
			root := math.Sqrt(weight)
			rows[i] = make([]float64, len(row))
			for j, v := range row {
				rows[i][j] = v * root
			}
			right[i] = (eta[i] + (y[i]-mean[i])/weight) * root
		}
		b, ok := leastSquares(rows, right)
		if !ok {
			return nil, errSeparated()
		}
		change := 0.0
		for i, row := range scaled {
			eta[i] = dot(row, b)
			m := min(max(inverseLogit(eta[i]), 1e-14), 1-1e-14)
			change = max(change, math.Abs(m-mean[i]))
			mean[i] = m
		}
		if change < 1e-12 {
			return mean, nil
		}
	}
	return nil, errSeparated()
}

// scaledColumns divides every column by its largest absolute value, which
// changes no prediction and keeps least squares accurate.
func scaledColumns(design [][]float64) [][]float64 {
	most := make([]float64, len(design[0]))
	for _, row := range design {
		for j, v := range row {
			most[j] = max(most[j], math.Abs(v))
		}
	}
	scaled := make([][]float64, len(design))
	for i, row := range design {
		scaled[i] = make([]float64, len(row))
		for j, v := range row {
			if most[j] > 0 {
				scaled[i][j] = v / most[j]
			}
		}
	}
	return scaled
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}

// leastSquares minimises |rows b - right| by Householder reflections, which
// overwrite both. It reports false for columns that depend on each other.
func leastSquares(rows [][]float64, right []float64) ([]float64, bool) {
	n, p := len(rows), len(rows[0])
	if n < p {
		return nil, false
	}
	for j := range p {
		if !reflect(rows, right, j) {
			return nil, false
		}
	}
	b := make([]float64, p)
	for j := p - 1; j >= 0; j-- {
		b[j] = right[j]
		for k := j + 1; k < p; k++ {
			b[j] -= rows[j][k] * b[k]
		}
		b[j] /= rows[j][j]
	}
	return b, true
}

// reflect makes column j zero below the diagonal.
func reflect(rows [][]float64, right []float64, j int) bool {
	norm := 0.0
	for i := j; i < len(rows); i++ {
		norm = math.Hypot(norm, rows[i][j])
	}
	if !(norm > 1e-13) || math.IsInf(norm, 0) {
		return false
	}
	if rows[j][j] > 0 {
		norm = -norm
	}
	v := make([]float64, len(rows)-j)
	for i := range v {
		v[i] = rows[i+j][j]
	}
	v[0] -= norm
	half := dot(v, v) / 2
	for k := j; k <= len(rows[0]); k++ {
		at := func(i int) *float64 {
			if k == len(rows[0]) {
				return &right[i+j]
			}
			return &rows[i+j][k]
		}
		s := 0.0
		for i := range v {
			s += v[i] * *at(i)
		}
		for i := range v {
			*at(i) -= s / half * v[i]
		}
	}
	return true
}
