package qca

import "math"

// betaFit returns the means of a beta regression with logit link and constant
// precision, by Fisher scoring (Ferrari and Cribari-Neto 2004). The responses
// are first drawn in from 0 and 1 as (y (n-1) + 0.5) / n (Smithson and
// Verkuilen 2006).
func betaFit(design [][]float64, y []float64) ([]float64, error) {
	n := float64(len(y))
	inside := make([]float64, len(y))
	for i, v := range y {
		inside[i] = (v*(n-1) + 0.5) / n
	}
	m := &betaModel{design: scaledColumns(design), y: inside}
	if !m.start() {
		return nil, errSeparated()
	}
	for range 500 {
		step, ok := m.step()
		if !ok {
			return nil, errSeparated()
		}
		if step < 1e-11 {
			return m.means(m.b), nil
		}
	}
	return nil, errSeparated()
}

type betaModel struct {
	design    [][]float64
	y         []float64
	b         []float64
	precision float64
}

// start takes the coefficients of least squares on the logits, and the
// precision that their residuals suggest.
func (m *betaModel) start() bool {
	rows, right := make([][]float64, len(m.y)), make([]float64, len(m.y))
	for i, row := range m.design {
		rows[i] = append([]float64(nil), row...)
		right[i] = math.Log(m.y[i] / (1 - m.y[i]))
	}
	logits := append([]float64(nil), right...)
	var ok bool
	if m.b, ok = leastSquares(rows, right); !ok || len(m.y) <= len(m.b) {
		return false
	}
	squares := 0.0
	for i, row := range m.design {
		squares += math.Pow(logits[i]-dot(row, m.b), 2)
	}
	variance := squares / float64(len(m.y)-len(m.b))
	for _, mean := range m.means(m.b) {
		m.precision += 1 / (variance * mean * (1 - mean)) / float64(len(m.y))
	}
	m.precision = max(m.precision-1, 0.5)
	return !math.IsNaN(m.precision) && !math.IsInf(m.precision, 0)
}

func (m *betaModel) means(b []float64) []float64 {
	means := make([]float64, len(m.y))
	for i, row := range m.design {
		means[i] = inverseLogit(dot(row, b))
	}
	return means
}

// step moves by Fisher's information times the score, halved while the
// likelihood falls, and returns the largest change.
func (m *betaModel) step() (change float64, ok bool) {
	p := len(m.b)
	score := make([]float64, p+1)
	information := make([][]float64, p+1)
	for i := range information {
		information[i] = make([]float64, p+1)
	}
	f := m.precision
	for i, mean := range m.means(m.b) {
		a, c := mean*f, (1-mean)*f
		slope := mean * (1 - mean)
		logit := math.Log(m.y[i] / (1 - m.y[i]))
		residual := logit - (digamma(a) - digamma(c))
		score[p] += mean*residual + math.Log(1-m.y[i]) - digamma(c) + digamma(f)
		weight := f * f * (trigamma(a) + trigamma(c)) * slope * slope
		mixed := f * (trigamma(a)*mean - trigamma(c)*(1-mean)) * slope
		information[p][p] += trigamma(a)*mean*mean + trigamma(c)*(1-mean)*(1-mean) - trigamma(f)
		for j, x := range m.design[i] {
			score[j] += f * x * slope * residual
			information[j][p] += mixed * x
			information[p][j] += mixed * x
			for k, z := range m.design[i] {
				information[j][k] += weight * x * z
			}
		}
	}
	delta, ok := leastSquares(information, score)
	if !ok {
		return 0, false
	}
	return m.move(delta)
}

func (m *betaModel) move(delta []float64) (change float64, ok bool) {
	p, before := len(m.b), m.likelihood(m.b, m.precision)
	for factor := 1.0; factor > 1e-12; factor /= 2 {
		b := append([]float64(nil), m.b...)
		change = 0
		for j := range b {
			b[j] += factor * delta[j]
			change = max(change, math.Abs(factor*delta[j]))
		}
		precision := m.precision + factor*delta[p]
		change = max(change, math.Abs(factor*delta[p])/m.precision)
		if precision > 0 && m.likelihood(b, precision) >= before-1e-12*math.Abs(before) {
			m.b, m.precision = b, precision
			return change, true
		}
	}
	return 0, false
}

func (m *betaModel) likelihood(b []float64, f float64) float64 {
	sum := 0.0
	whole, _ := math.Lgamma(f)
	for i, mean := range m.means(b) {
		left, _ := math.Lgamma(mean * f)
		right, _ := math.Lgamma((1 - mean) * f)
		sum += whole - left - right + (mean*f-1)*math.Log(m.y[i]) + ((1-mean)*f-1)*math.Log(1-m.y[i])
	}
	return sum
}

// digamma is the derivative of log gamma for x above 0: the recurrence up to
// 10, then the asymptotic series (Abramowitz and Stegun 6.3.5, 6.3.18).
func digamma(x float64) float64 {
	sum := 0.0
	for ; x < 10; x++ {
		sum -= 1 / x
	}
	s := 1 / (x * x)
	return sum + math.Log(x) - 1/(2*x) - s*(1.0/12-s*(1.0/120-s*(1.0/252-s*(1.0/240-s*(1.0/132)))))
}

// trigamma is the derivative of digamma (Abramowitz and Stegun 6.4.6, 6.4.12).
func trigamma(x float64) float64 {
	sum := 0.0
	for ; x < 10; x++ {
		sum += 1 / (x * x)
	}
	s := 1 / (x * x)
	return sum + 1/x + s/2 + s/x*(1.0/6-s*(1.0/30-s*(1.0/42-s*(1.0/30-s*(5.0/66)))))
}
