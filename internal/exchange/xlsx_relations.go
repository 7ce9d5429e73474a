package exchange

import (
	"encoding/xml"
	"path"
	"strings"
)

type relation struct{ id, kind, target string }

func (r relation) isA(kind string) bool { return strings.HasSuffix(r.kind, "/"+kind) }

// relations reads where the parts named by ids are, relative to the folder above _rels. A part that is absent or no XML
// names nothing.
func (w *workbookFile) relations(part string) []relation {
	folder := path.Dir(path.Dir(part))
	var list []relation
	err := w.elements(part, func(element xml.StartElement) {
		target := attribute(element, "Target")
		if inside, absolute := strings.CutPrefix(target, "/"); absolute {
			target = path.Clean(inside)
		} else {
			target = path.Join(folder, target)
		}
		list = append(list, relation{attribute(element, "Id"), attribute(element, "Type"), target})
	})
	if err != nil {
		return nil
	}
	return list
}
