package exchange

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// unpacked reads one part of a workbook and refuses one that unpacks to far more than its packed size, or that goes
// beyond what the whole workbook may unpack to. It trusts no size that the archive states.
type unpacked struct {
	io.ReadCloser
	book   *workbookFile
	part   *zip.File
	sofar  int64
	packed int64
}

// ratioFrom is the size from which a part's ratio is looked at: small parts of equal rows pack very well.
const ratioFrom = 4 << 20

func (w *workbookFile) open(name string) (io.ReadCloser, error) {
	part := w.parts[strings.ToLower(name)]
	if part == nil {
		return nil, fmt.Errorf("it has no part %s", name)
	}
	file, err := part.Open()
	if err != nil {
		return nil, err
	}
	return &unpacked{ReadCloser: file, book: w, part: part, packed: int64(part.CompressedSize64) + 1}, nil
}

func (u *unpacked) Read(p []byte) (int, error) {
	n, err := u.ReadCloser.Read(p)
	u.sofar += int64(n)
	u.book.left -= int64(n)
	limits := u.book.limits
	switch {
	case u.book.left < 0:
		return 0, Conflict{Reason: fmt.Sprintf("the workbook unpacks to more than %s; split it into several files, or save the sheet as CSV (UTF-8)", size(limits.Unzipped))}
	case u.sofar > ratioFrom && u.sofar/u.packed > limits.Ratio:
		return 0, Conflict{Reason: fmt.Sprintf("the workbook's %s unpacks to more than %d times its size, as files do that are made to do harm; save the sheet as CSV (UTF-8)", u.part.Name, limits.Ratio)}
	}
	return n, err
}

// xmlStream reads the tokens of a part; one token may take at most a given number of bytes, because the decoder keeps
// it in memory.
type xmlStream struct {
	*xml.Decoder
	leash *leash
}

func newXMLStream(r io.Reader, longest int) xmlStream {
	l := &leash{source: bufio.NewReaderSize(r, 32<<10), longest: longest, left: longest}
	return xmlStream{xml.NewDecoder(l), l}
}

// next is the next token, with local names only; the bytes of a text are valid until the one after.
func (x xmlStream) next() (xml.Token, error) {
	x.leash.left = x.leash.longest
	return x.RawToken()
}

// leash is a ByteReader that ends when too many bytes are read between two resets of left.
type leash struct {
	source  *bufio.Reader
	longest int
	left    int
}

func (l *leash) ReadByte() (byte, error) {
	if l.left--; l.left < 0 {
		return 0, Conflict{Reason: fmt.Sprintf("the file holds a single value longer than %s; shorten it", size(int64(l.longest)))}
	}
	return l.source.ReadByte()
}

// Read makes a leash a Reader, which the decoders ask for; they read by bytes.
func (l *leash) Read(p []byte) (int, error) {
	if l.left <= 0 {
		_, err := l.ReadByte()
		return 0, err
	}
	n, err := l.source.Read(p[:min(len(p), l.left)])
	l.left -= n
	return n, err
}

// attribute reads one by its local name; none of those that are read has a namesake in another namespace.
func attribute(element xml.StartElement, name string) string {
	for _, a := range element.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isTrue(value string) bool { return value == "1" || value == "true" }
