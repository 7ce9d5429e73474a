package exchange

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

const byteOrderMark = "\ufeff"

func startsUTF16(head []byte) bool {
	return bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff})
}

// utf8Reader turns text of an unknown encoding into UTF-8 as it is read. Text is taken for UTF-8 until a byte says
// otherwise: when all before it was ASCII, that byte and all that follow are Windows-1252; when UTF-8 letters came
// before, the text is mixed, and its bytes are passed on for the row to be refused.
type utf8Reader struct {
	source  io.Reader
	convert func(to, from []byte) (out []byte, used int) // nil: UTF-8
	name    string
	marked  bool   // a byte order mark said so
	letters bool   // UTF-8 beyond ASCII was seen
	suspect bool   // from here on a row may hold a NUL or bytes that are no text
	rest    []byte // read and not yet converted: less than one character
	block   []byte
	out     []byte // what the last block became, where it was converted
	ready   []byte // converted and not yet handed out
	err     error
}

// newUTF8Reader looks at the byte order mark at the start of head, which is the start of source.
func newUTF8Reader(source io.Reader, head []byte) *utf8Reader {
	r := &utf8Reader{source: source, name: "UTF-8", block: make([]byte, 32<<10)}
	mark := 0
	switch {
	case bytes.HasPrefix(head, []byte(byteOrderMark)):
		mark = 3
	case startsUTF16(head):
		mark, r.name = 2, "UTF-16"
		var order binary.ByteOrder = binary.LittleEndian
		if head[0] == 0xfe {
			order = binary.BigEndian
		}
		r.convert = func(to, from []byte) ([]byte, int) { return fromUTF16(order, to, from) }
	}
	r.marked = mark > 0
	r.source = io.MultiReader(bytes.NewReader(head[mark:]), source)
	return r
}

func (r *utf8Reader) Read(p []byte) (int, error) {
	for len(r.ready) == 0 {
		if r.err != nil {
			return 0, r.err
		}
		if err := r.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.ready)
	r.ready = r.ready[n:]
	return n, nil
}

// fill reads one block and converts it.
func (r *utf8Reader) fill() error {
	kept := copy(r.block, r.rest)
	n, err := r.source.Read(r.block[kept:])
	r.err = err
	block := r.block[:kept+n]
	if r.convert == nil {
		block = r.checked(block)
	}
	if r.convert == nil {
		r.ready, r.rest = block, r.block[len(block):kept+n]
		return nil
	}
	var used int
	r.out, used = r.convert(r.out[:0], r.block[:kept+n])
	r.ready, r.rest, r.suspect = r.out, r.block[used:kept+n], true
	if err == io.EOF && len(r.rest) > 0 {
		return Conflict{Reason: "the file ends in the middle of a character; it may have been cut short, so send it again"}
	}
	return nil
}

// checked returns the part of the block that ends with a whole character, and switches to Windows-1252 when it has to.
func (r *utf8Reader) checked(block []byte) []byte {
	if bytes.IndexByte(block, 0) >= 0 {
		r.suspect = true
	}
	first := firstNotASCII(block)
	if first == len(block) {
		return block
	}
	whole := block
	if r.err == nil {
		whole = block[:wholeCharacters(block)]
	}
	switch {
	case utf8.Valid(whole[min(first, len(whole)):]):
		r.letters = r.letters || len(whole) > first
	case r.letters || r.marked || validLetterBeforeFault(whole[first:]):
		r.letters, r.suspect = true, true
	default:
		r.convert, r.name = fromWindows1252, "Windows-1252"
	}
	return whole
}

func firstNotASCII(block []byte) int {
	i := 0
	for ; i+8 <= len(block); i += 8 {
		if binary.LittleEndian.Uint64(block[i:])&0x8080808080808080 != 0 {
			break
		}
	}
	for ; i < len(block) && block[i] < utf8.RuneSelf; i++ {
	}
	return i
}

// wholeCharacters is the length without a character that the block cuts in two.
func wholeCharacters(block []byte) int {
	for back := 1; back < utf8.UTFMax && back <= len(block); back++ {
		if start := len(block) - back; utf8.RuneStart(block[start]) {
			if !utf8.FullRune(block[start:]) {
				return start
			}
			break
		}
	}
	return len(block)
}

// validLetterBeforeFault tells UTF-8 with a damaged byte from text that never was UTF-8.
func validLetterBeforeFault(text []byte) bool {
	letter, width := utf8.DecodeRune(text)
	return letter != utf8.RuneError || width > 1
}

func fromUTF16(order binary.ByteOrder, to, from []byte) ([]byte, int) {
	i := 0
	for ; i+2 <= len(from); i += 2 {
		r := rune(order.Uint16(from[i:]))
		if utf16.IsSurrogate(r) {
			if i+4 > len(from) {
				break
			}
			if pair := utf16.DecodeRune(r, rune(order.Uint16(from[i+2:]))); pair != utf8.RuneError {
				r, i = pair, i+2
			}
		}
		to = utf8.AppendRune(to, r)
	}
	return to, i
}

// windows1252 is what the bytes 0x80 to 0x9f stand for; the five that stand for nothing are the replacement character.
var windows1252 = [32]rune{
	'€', utf8.RuneError, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', utf8.RuneError, 'Ž', utf8.RuneError,
	utf8.RuneError, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', utf8.RuneError, 'ž', 'Ÿ',
}

func fromWindows1252(to, from []byte) ([]byte, int) {
	for _, b := range from {
		if b >= 0x80 && b < 0xa0 {
			to = utf8.AppendRune(to, windows1252[b-0x80])
		} else {
			to = utf8.AppendRune(to, rune(b))
		}
	}
	return to, len(from)
}
