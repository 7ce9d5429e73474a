package improvement

import (
	"cmp"
	"slices"
)

// Diagram is a driver diagram as it stands, and what was taken off it.
type Diagram struct {
	Root    *Node    // nil where there is no aim
	Removed []Driver // what can be put back, removed last first
}

// Node is a box with those below it. Cycles are those of an idea, by start.
type Node struct {
	Driver
	Children []Node
	Cycles   []Cycle
}

// MaxDrivers bounds a diagram.
const MaxDrivers = 150

// diagramOf hangs boxes below each other. What hangs below a removed box is
// not shown, and what would be put back under one is not offered.
func diagramOf(drivers []Driver, cycles []Cycle) Diagram {
	var d Diagram
	below := map[string][]Driver{}
	for _, v := range drivers {
		below[v.ParentID] = append(below[v.ParentID], v)
	}
	tried := map[string][]Cycle{}
	for _, c := range cycles {
		tried[c.DriverID] = append(tried[c.DriverID], c)
	}
	var hang func(v Driver) Node
	hang = func(v Driver) Node {
		node := Node{Driver: v, Cycles: tried[v.ID]}
		for _, child := range below[v.ID] {
			if child.RemovedOn != "" {
				d.Removed = append(d.Removed, child)
				continue
			}
			node.Children = append(node.Children, hang(child))
		}
		return node
	}
	for _, v := range below[""] {
		if v.RemovedOn != "" {
			d.Removed = append(d.Removed, v)
			continue
		}
		root := hang(v)
		d.Root = &root
	}
	slices.SortStableFunc(d.Removed, func(a, b Driver) int { return cmp.Compare(b.RemovedOn, a.RemovedOn) })
	return d
}

// Walk visits the boxes from the aim on, each before those below it.
func (d Diagram) Walk(visit func(node, parent *Node)) {
	if d.Root == nil {
		return
	}
	var walk func(node, parent *Node)
	walk = func(node, parent *Node) {
		visit(node, parent)
		for i := range node.Children {
			walk(&node.Children[i], node)
		}
	}
	walk(d.Root, nil)
}

// Find answers a standing box and the one it hangs below; nil where there is
// none.
func (d Diagram) Find(id string) (found, parent *Node) {
	d.Walk(func(node, above *Node) {
		if node.ID == id {
			found, parent = node, above
		}
	})
	return found, parent
}

// Size counts the standing boxes.
func (d Diagram) Size() (n int) {
	d.Walk(func(*Node, *Node) { n++ })
	return n
}

// Ideas lists the change ideas in the order of the diagram.
func (d Diagram) Ideas() (ideas []Node) {
	d.Walk(func(node, _ *Node) {
		if node.Kind == Idea {
			ideas = append(ideas, *node)
		}
	})
	return ideas
}
