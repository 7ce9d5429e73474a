package exchange

import (
	"fmt"
	"io"
)

// Limits bound what a file that comes in may be. A zero field means the default that stands beside it. Memory is
// bounded by RowBytes for text and by Strings for workbooks, whatever the size of the file.
type Limits struct {
	Bytes     int64 // of the file as it comes: 4 GiB
	Rows      int   // with the header: 20 million
	Columns   int   // 500
	CellBytes int   // 65,536, twice what a spreadsheet holds in ASCII
	RowBytes  int   // 1 MiB, for text and for one DHIS2 value
	Unzipped  int64 // of all parts of a workbook: 1 GiB
	Strings   int64 // of the texts that the cells of a workbook share, which are held in memory: 64 MiB
	Ratio     int64 // unpacked to packed size of a part of a workbook: 300
}

func (l Limits) withDefaults() Limits {
	set(&l.Bytes, 4<<30)
	set(&l.Rows, 20_000_000)
	set(&l.Columns, 500)
	set(&l.CellBytes, 64<<10)
	set(&l.RowBytes, 1<<20)
	set(&l.Unzipped, 1<<30)
	set(&l.Strings, 64<<20)
	set(&l.Ratio, 300)
	return l
}

func set[T int | int64](field *T, standard T) {
	if *field == 0 {
		*field = standard
	}
}

// size writes a number of bytes for people.
func size(bytes int64) string {
	for _, unit := range []struct {
		bytes int64
		name  string
	}{{1 << 30, "GiB"}, {1 << 20, "MiB"}, {1 << 10, "KiB"}} {
		if bytes >= unit.bytes {
			return fmt.Sprintf("%.4g %s", float64(bytes)/float64(unit.bytes), unit.name)
		}
	}
	return fmt.Sprintf("%d bytes", bytes)
}

// metered passes on what it reads until more than left bytes have come, and then refuses with the conflict.
type metered struct {
	source  io.Reader
	left    int64
	refusal Conflict
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.source.Read(p)
	if m.left -= int64(n); m.left < 0 {
		return 0, m.refusal
	}
	return n, err
}

func tooLarge(limit int64) Conflict {
	return Conflict{Reason: fmt.Sprintf("the file is larger than %s; split it into several files", size(limit))}
}
