package chart_test

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"sir/internal/chart"
)

// sampleTree is a driver diagram of four levels, with a driver that has no ideas and an idea with a long text.
func sampleTree() chart.Tree {
	idea := func(text, state string) chart.TreeNode {
		return chart.TreeNode{Text: text, State: state, Href: "/do/cycles/" + strconv.Itoa(len(text))}
	}
	return chart.Tree{
		Frame:  chart.Frame{ID: "tree", Title: "What would get the test to every clinic", Note: "Example programme (made-up)."},
		Levels: []string{"Aim", "Primary drivers", "Secondary drivers", "Change ideas"},
		Root: chart.TreeNode{Text: "By March 2027, every made-up clinic offers the test within two weeks of referral", Children: []chart.TreeNode{
			{Text: "Staff know when to refer", Children: []chart.TreeNode{
				{Text: "Training", Children: []chart.TreeNode{idea("Half-hour session at the start of a shift", "adopted"), idea("Pocket card", "testing")}},
				{Text: "Reminders in the record system", Children: []chart.TreeNode{idea("Prompt on the referral form, shown only for patients whose age and history make the test worthwhile", "planned")}},
			}},
			{Text: "Clinics have the equipment", Children: []chart.TreeNode{{Text: "Loan pool shared between neighbouring clinics"}}},
			{Text: "Results come back in time", Children: []chart.TreeNode{
				{Text: "Transport", Children: []chart.TreeNode{idea("Second collection a day", "stopped"), idea("Courier on Fridays", "testing"), idea("Shared van", "")}},
			}},
		}},
	}
}

func hostileTree(text string) chart.Tree {
	tr := sampleTree()
	tr.Frame, tr.Levels[1], tr.Root.Text = hostileFrame(text), text, "x"+text
	tr.Root.Children[0].Text, tr.Root.Children[0].Children[0].Children[0].State = "x"+text, text
	return tr
}

func TestTreeRefuses(t *testing.T) {
	deep := chart.TreeNode{Text: "a", Children: []chart.TreeNode{{Text: "b", Children: []chart.TreeNode{{Text: "c", Children: []chart.TreeNode{{Text: "d", Children: []chart.TreeNode{{Text: "e"}}}}}}}}}
	tests := map[string]func(*chart.Tree){
		"names 0 levels":      func(tr *chart.Tree) { tr.Levels = nil },
		"names 6 levels":      func(tr *chart.Tree) { tr.Levels = make([]string, 6) },
		`"e" lies on level 5`: func(tr *chart.Tree) { tr.Root = deep },
		"level 2 of tree has": func(tr *chart.Tree) { tr.Root.Children[0].Text = "" },
		"more than 200 boxes": func(tr *chart.Tree) { tr.Root.Children = slices.Repeat([]chart.TreeNode{{Text: "x"}}, 200) },
		`leads to "mailto:x"`: func(tr *chart.Tree) { tr.Root.Href = "mailto:x" },
		"has no title":        func(tr *chart.Tree) { tr.Title = "" },
	}
	for want, spoil := range tests {
		tr := sampleTree()
		spoil(&tr)
		refused(t, want, tr, want)
	}
}

func TestTreeTable(t *testing.T) {
	table := sampleTree().Table()
	if !slices.Equal(table.Headers, []string{"Aim", "Primary drivers", "Secondary drivers", "Change ideas", "State"}) || len(table.Rows) != 7 {
		t.Fatalf("%q, %d rows", table.Headers, len(table.Rows))
	}
	if got := table.Rows[1][1:]; !slices.Equal(got, []string{"Staff know when to refer", "Training", "Pocket card", "testing"}) {
		t.Errorf("second row %q", got)
	}
	if got := table.Rows[3][1:]; !slices.Equal(got, []string{"Clinics have the equipment", "Loan pool shared between neighbouring clinics", "", ""}) {
		t.Errorf("a driver without ideas is %q", got)
	}
}

func TestTreeStops(t *testing.T) {
	svg := render(t, sampleTree())
	if links := submatches(`<a [^>]*aria-label="([^"]+)"`, svg); len(links) != 6 || links[1] != "Change ideas: Pocket card, testing, leads to Training" {
		t.Errorf("links %q", links)
	}
	if !strings.Contains(svg, ">Testing</text>") {
		t.Error("the state is not drawn as a word")
	}
}

// Whatever its shape, no two boxes of a tree overlap, in columns or as a list.
func TestTreeBoxesLieApart(t *testing.T) {
	rect := regexp.MustCompile(`<rect class="sir-chart__box" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"`)
	rapid.Check(t, func(rt *rapid.T) {
		budget := 30
		var node func(depth int) chart.TreeNode
		node = func(depth int) chart.TreeNode {
			budget--
			made := chart.TreeNode{Text: strings.Repeat("word ", rapid.IntRange(1, 40).Draw(rt, "words"))}
			if depth < 3 {
				for range rapid.IntRange(0, 4).Draw(rt, "children") {
					if budget > 0 {
						made.Children = append(made.Children, node(depth+1))
					}
				}
			}
			return made
		}
		tr := sampleTree()
		tr.Root = node(0)
		for _, layout := range allLayouts {
			var boxes [][4]float64
			for _, m := range rect.FindAllStringSubmatch(renderTo(rt, tr.In(layout)), -1) {
				var b [4]float64
				for i := range b {
					b[i], _ = strconv.ParseFloat(m[i+1], 64)
				}
				for _, o := range boxes {
					if b[0] < o[0]+o[2] && o[0] < b[0]+b[2] && b[1] < o[1]+o[3]-0.2 && o[1] < b[1]+b[3]-0.2 {
						rt.Fatalf("boxes %v and %v overlap", b, o)
					}
				}
				boxes = append(boxes, b)
			}
		}
	})
}

func renderTo(t *rapid.T, c chart.Chart) string {
	var out strings.Builder
	if err := c.Render(&out); err != nil {
		t.Fatal(err)
	}
	if _, err := inspect(out.String()); err != nil {
		t.Fatal(err)
	}
	return out.String()
}
