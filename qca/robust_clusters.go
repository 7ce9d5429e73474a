package qca

import (
	"fmt"
	"slices"
)

// ClusterLeftOut is the solution without the cases of one cluster, such as a
// region or a year, and how the tested models fit the cluster alone.
type ClusterLeftOut struct {
	Cluster string   `json:"cluster"`
	Cases   []string `json:"cases"`
	// Same models as with the cluster.
	Same   bool         `json:"same"`
	Models []Expression `json:"models"`
	// Fits of the tested models, in order, to the cases of the cluster.
	Fits []Fit `json:"fits"`
}

// clusterCases lists the cases of each cluster, in order of first appearance.
func clusterCases(clusters []string) (names []string, cases [][]int) {
	at := make(map[string]int)
	for i, name := range clusters {
		c, known := at[name]
		if !known {
			c = len(names)
			at[name] = c
			names, cases = append(names, name), append(cases, nil)
		}
		cases[c] = append(cases[c], i)
	}
	return names, cases
}

// checkClusters refuses clusters that leave nothing to compare.
func checkClusters(clusters []string, cases int) error {
	if clusters == nil {
		return nil
	}
	names, _ := clusterCases(clusters)
	switch {
	case len(clusters) != cases:
		return &InputError{Problem: fmt.Sprintf("%d clusters for %d cases", len(clusters), cases), Remedy: "give one a case"}
	case slices.Contains(names, ""):
		return &InputError{Problem: "a case has no cluster", Remedy: "give every case one"}
	case len(names) < 2:
		return &InputError{Value: names[0], Problem: "all cases are in one cluster", Remedy: "choose a column that varies"}
	}
	return nil
}

// leaveClusters solves without each cluster in turn.
func (r *robustness) leaveClusters() []ClusterLeftOut {
	names, cases := clusterCases(r.options.Clusters)
	list := make([]ClusterLeftOut, len(names))
	r.each(len(list), func(i int) {
		a := r.solve(r.table.without(cases[i]), r.settings)
		one := ClusterLeftOut{Cluster: names[i], Same: a.key == r.initial.key, Models: append([]Expression{}, a.models...)}
		for _, c := range cases[i] {
			one.Cases = append(one.Cases, r.table.cases[c])
		}
		for _, m := range r.initial.models {
			one.Fits = append(one.Fits, r.truth.fitWithin(m, cases[i]))
		}
		list[i] = one
	})
	return list
}

// fitWithin is the fit of an expression to some of the cases.
func (tt *TruthTable) fitWithin(e Expression, cases []int) Fit {
	var s sums
	for i, x := range tt.memberships(e) {
		if _, in := slices.BinarySearch(cases, tt.kept[i]); in {
			s.add(x, tt.outcome[tt.kept[i]])
		}
	}
	return s.fit()
}
