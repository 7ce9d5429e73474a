package chart

import (
	"fmt"
	"io"
	"strings"
)

// MaxTreeDepth and MaxTreeNodes bound a tree: aim, primary and secondary drivers, change ideas, and one level to spare.
const (
	MaxTreeDepth = 5
	MaxTreeNodes = 200
)

// Tree is a driver diagram: an aim on the left, what drives it to the right of it, and ideas for change at the end. Narrow
// draws the same as an indented list.
type Tree struct {
	Frame
	Levels []string // names of the columns: "Aim", "Primary drivers", "Secondary drivers", "Change ideas"
	Root   TreeNode
}

// TreeNode is one box.
type TreeNode struct {
	Text     string
	State    string // of an idea, as words: "testing"; may be empty
	Href     string
	Children []TreeNode
}

// In returns the same chart for another layout.
func (tr Tree) In(layout Layout) Chart {
	tr.Layout = layout
	return tr
}

// Validate implements Chart.
func (tr Tree) Validate() error {
	if err := tr.Frame.validate(); err != nil {
		return err
	}
	if len(tr.Levels) == 0 || len(tr.Levels) > MaxTreeDepth {
		return fmt.Errorf("%w: %s names %d levels; use 1 to %d", ErrInvalid, tr.ID, len(tr.Levels), MaxTreeDepth)
	}
	count := 0
	return tr.validateNode(tr.Root, 0, &count)
}

func (tr Tree) validateNode(node TreeNode, depth int, count *int) error {
	if *count++; *count > MaxTreeNodes {
		return fmt.Errorf("%w: %s has more than %d boxes", ErrInvalid, tr.ID, MaxTreeNodes)
	}
	if depth >= len(tr.Levels) {
		return fmt.Errorf("%w: %.60q lies on level %d, and %s names %d", ErrInvalid, node.Text, depth+1, tr.ID, len(tr.Levels))
	}
	if strings.TrimSpace(node.Text) == "" {
		return fmt.Errorf("%w: a box on level %d of %s has no text", ErrInvalid, depth+1, tr.ID)
	}
	if err := validateLink(node.Text, node.Href); err != nil {
		return err
	}
	for _, child := range node.Children {
		if err := tr.validateNode(child, depth+1, count); err != nil {
			return err
		}
	}
	return nil
}

// Render implements Chart.
func (tr Tree) Render(w io.Writer) error {
	if err := tr.Validate(); err != nil {
		return err
	}
	_, err := w.Write(tr.draw())
	return err
}

// Table implements Chart: a row for each path from the aim to a box without children, and the state of that box.
func (tr Tree) Table() Table {
	t := Table{Caption: tr.Title, Headers: append(append([]string{}, tr.Levels...), "State")}
	var walk func(node TreeNode, path []string)
	walk = func(node TreeNode, path []string) {
		path = append(path[:len(path):len(path)], node.Text)
		for _, child := range node.Children {
			walk(child, path)
		}
		if len(node.Children) == 0 {
			row := make([]string, len(tr.Levels)+1)
			copy(row, path)
			row[len(tr.Levels)] = node.State
			t.Rows = append(t.Rows, row)
		}
	}
	walk(tr.Root, nil)
	return t
}

func (tr Tree) describe() string {
	counts := make([]int, len(tr.Levels))
	var walk func(node TreeNode, depth int)
	walk = func(node TreeNode, depth int) {
		counts[depth]++
		for _, child := range node.Children {
			walk(child, depth+1)
		}
	}
	walk(tr.Root, 0)
	var parts []string
	for depth, name := range tr.Levels {
		parts = append(parts, fmt.Sprintf("%s (%d)", phrase(name), counts[depth]))
	}
	return "Driver diagram, read from left to right: " + strings.Join(parts, ", ") + "."
}
