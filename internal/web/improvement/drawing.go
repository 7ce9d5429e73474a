package improvement

import (
	"bytes"
	"fmt"

	"github.com/a-h/templ"

	"sir/internal/chart"
	"sir/internal/exchange"
	"sir/internal/fault"
	area "sir/internal/improvement"
	"sir/internal/term"
	"sir/internal/web/shell"
	"sir/internal/web/ui"
)

// tree draws the diagram. Ideas lead to their last cycle, and for those who
// may work here the other boxes to their form.
func tree(v area.View) chart.Tree {
	drawing := chart.Tree{
		Frame: chart.Frame{ID: "driver-diagram", Title: title(v), Note: "As at " + ui.Date(v.Today) + "."},
		Root:  nodeOf(v, *v.Diagram.Root),
	}
	for _, kind := range area.Kinds {
		drawing.Levels = append(drawing.Levels, heading(kind))
	}
	return drawing
}

func title(v area.View) string {
	if v.Member == nil {
		return "Driver diagram of " + v.Programme.Name
	}
	return "Driver diagram of " + v.Member.Name + " in " + v.Programme.Name
}

// heading names the column of a kind.
func heading(k area.Kind) string {
	if k == area.AimKind {
		return "Aim"
	}
	return term.Sentence(k.Words()) + "s"
}

func nodeOf(v area.View, n area.Node) chart.TreeNode {
	node := chart.TreeNode{Text: n.Text()}
	if n.Kind == area.Idea {
		node.State = area.Progress(n.Cycles, v.Today)
	}
	if last := len(n.Cycles) - 1; last >= 0 {
		node.Href = cyclePath(v.Programme.Code, n.Cycles[last])
	} else if v.MayWork {
		node.Href = basePath(addressOf(v.Place)) + "/drivers/" + n.ID
	}
	for _, child := range n.Children {
		node.Children = append(node.Children, nodeOf(v, child))
	}
	return node
}

// drawn is the diagram in all layouts, as a component.
func drawn(t chart.Tree) (templ.Component, error) {
	var svg bytes.Buffer
	if err := chart.Figure(&svg, t); err != nil {
		return nil, fmt.Errorf("draw driver diagram: %w", err)
	}
	return templ.Raw(svg.String()), nil
}

// fileName begins the names of the files of a place.
func fileName(v area.View) string {
	if v.Member == nil {
		return v.Programme.Code
	}
	return v.Programme.Code + "-" + v.Member.Code
}

func (p pages) withDiagram(r *shell.Request) (area.View, error) {
	v, err := p.improvement.Look(r.Context(), r.Actor, address(r))
	if err == nil && v.Diagram.Root == nil {
		err = fault.NotFound("There is no driver diagram here yet.")
	}
	return v, err
}

func (p pages) downloadDrawing(r *shell.Request) error {
	v, err := p.withDiagram(r)
	if err != nil {
		return err
	}
	drawing := tree(v)
	drawing.Heading = true
	var svg bytes.Buffer
	if err := drawing.In(chart.Full).Render(&svg); err != nil {
		return fmt.Errorf("draw driver diagram: %w", err)
	}
	return r.Download(fileName(v)+"-driver-diagram.svg", "image/svg+xml", svg.Bytes())
}

// downloadTable has one row a box, from the aim on.
func (p pages) downloadTable(r *shell.Request) error {
	v, err := p.withDiagram(r)
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{"id", "below", "level", "text", "measure", "cycles", "state"}}
	v.Diagram.Walk(func(n, parent *area.Node) {
		below, state := "", ""
		if parent != nil {
			below = parent.ID
		}
		if n.Kind == area.Idea {
			state = area.Progress(n.Cycles, v.Today)
		}
		sheet.Rows = append(sheet.Rows, []any{
			n.ID, below, n.Kind.Words(), n.Text(), area.MeasureByID(v.Measures, n.MeasureID).Code, len(n.Cycles), state,
		})
	})
	return sendCSV(r, fileName(v)+"-driver-diagram.csv", sheet)
}

// downloadCycles has one row a cycle that the reader may see, by start.
func (p pages) downloadCycles(r *shell.Request) error {
	v, err := p.improvement.Look(r.Context(), r.Actor, address(r))
	if err != nil {
		return err
	}
	sheet := exchange.Sheet{Columns: []string{
		"id", "title", "state", "number", "idea", "measure", "network", "site", "starts_on", "ends_on", "plan", "prediction", "done", "studied",
		"decision", "reason", "made_by",
	}}
	numbers := area.Numbers(v.Cycles)
	for _, c := range v.Cycles {
		sheet.Rows = append(sheet.Rows, []any{
			c.ID, c.Title, string(c.State(v.Today)), numbers[c.ID], c.Idea, area.MeasureByID(v.Measures, c.MeasureID).Code, c.UnitCode, c.SiteCode,
			c.StartsOn, c.EndsOn, c.Plan, c.Prediction, c.Done, c.Studied, string(c.Decision), c.DecidedWhy, c.MadeBy,
		})
	}
	return sendCSV(r, fileName(v)+"-cycles.csv", sheet)
}

func sendCSV(r *shell.Request, name string, sheet exchange.Sheet) error {
	var content bytes.Buffer
	if err := sheet.Write(&content, exchange.CSV); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return r.Download(name, "text/csv; charset=utf-8", content.Bytes())
}
