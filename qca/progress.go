package qca

import "sync/atomic"

// Progress is how far long work has come.
type Progress struct {
	// Stage names what is counted, such as "prime implicants".
	Stage string
	// Done of Total; where Total is 0 nobody knows how much there is.
	Done, Total int
}

// The stages of long work.
const (
	stagePrimes     = "rows searched for prime implicants"
	stageFormulas   = "steps of the search for formulas"
	stageSubsets    = "condition sets"
	stageNecessity  = "steps of the search for necessary conditions"
	stagePairs      = "pairs of formulas"
	stageColumns    = "outcomes"
	stageSets       = "sets of conditions"
	stageRobustness = "solutions"
)

// meter counts work and tells the caller's function, now and then, how much is
// done. A nil meter counts nothing. Several goroutines may share one.
type meter struct {
	tell  func(Progress)
	stage string
	total int
	done  atomic.Int64
}

// newMeter returns nil where nobody wants to know.
func newMeter(tell func(Progress), stage string, total int) *meter {
	if tell == nil {
		return nil
	}
	return &meter{tell: tell, stage: stage, total: total}
}

// advance counts one more unit of known total.
func (m *meter) advance() {
	if m != nil {
		m.done.Add(1)
		m.report()
	}
}

// worked is told of every n steps; they count where no total is known.
func (m *meter) worked(n int) {
	if m != nil {
		if m.total == 0 {
			m.done.Add(int64(n))
		}
		m.report()
	}
}

func (m *meter) report() { m.tell(Progress{m.stage, int(m.done.Load()), m.total}) }
