package chart

// treeBox is a box with its place, in units.
type treeBox struct {
	node          TreeNode
	depth, parent int // parent is an index, -1 for the root
	lines         []string
	x, y          float64 // upper left corner
	width, height float64
}

// treePlan is where the boxes of a tree lie, parents before their children.
type treePlan struct {
	Tree
	boxes       []treeBox
	columnWidth float64
	top, height float64
	head        float64 // height of the names of the columns
}

const (
	treeLine   = 17 // height of a line in a box
	treeGap    = 10 // between boxes of a column
	treeLink   = 34 // between columns
	treeIndent = 14 // of a level in Narrow
)

func (tr Tree) plan() treePlan {
	p := treePlan{Tree: tr, head: 28}
	if tr.Layout == Narrow {
		p.head = 0
	}
	p.top = tr.top() + p.head + 2
	columns := float64(len(tr.Levels))
	p.columnWidth = (tr.Layout.width() - 4 - treeLink*(columns-1)) / columns
	place := p.grow
	if tr.Layout == Narrow {
		place = p.list
	}
	bottom := place(tr.Root, 0, -1, p.top)
	p.height = bottom + 4 + tr.foot()
	return p
}

// add makes a box as wide as given and as high as its text needs.
func (p *treePlan) add(node TreeNode, depth, parent int, x, y, width float64) int {
	box := treeBox{node: node, depth: depth, parent: parent, x: x, y: y, width: width}
	box.lines = wrap(node.Text, smallSize, width-16, 6)
	rows := len(box.lines)
	if node.State != "" {
		rows++
	}
	box.height = treeLine*float64(rows) + 12
	p.boxes = append(p.boxes, box)
	return len(p.boxes) - 1
}

// grow places a node and all below it from y on, and returns the y below them. A parent stands in the middle of its
// children; when it is higher than all of them, they stand in the middle of it.
func (p *treePlan) grow(node TreeNode, depth, parent int, y float64) float64 {
	at := p.add(node, depth, parent, 2+float64(depth)*(p.columnWidth+treeLink), y, p.columnWidth)
	bottom := y
	for _, child := range node.Children {
		bottom = p.grow(child, depth+1, at, bottom) + treeGap
	}
	bottom = max(y, bottom-treeGap)
	own, all := p.boxes[at].height, bottom-y
	if own < all {
		p.boxes[at].y = y + (all-own)/2
		return bottom
	}
	for i := at + 1; i < len(p.boxes); i++ {
		p.boxes[i].y += (own - all) / 2
	}
	return y + own
}

// list places a node and all below it under each other, each level further in.
func (p *treePlan) list(node TreeNode, depth, parent int, y float64) float64 {
	x := 2 + treeIndent*float64(depth)
	at := p.add(node, depth, parent, x, y, p.Layout.width()-x-2)
	y += p.boxes[at].height
	for _, child := range node.Children {
		y = p.list(child, depth+1, at, y+treeGap-2)
	}
	return y
}
