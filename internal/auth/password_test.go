package auth

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// The cost is the second setting that OWASP's password storage cheat sheet
// recommends for argon2id: 19 MiB, two passes, one lane.
func TestPasswordsAreHashedAsAdvised(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$`)
	first, err := hashPassword(t.Context(), rightPassword)
	if err != nil {
		t.Fatal(err)
	}
	if !form.MatchString(first) || !form.MatchString(strangerHash) {
		t.Errorf("hash %s, for strangers %s; want %s", first, strangerHash, form)
	}
	if second := rightHash(); first == second {
		t.Error("two hashes of one password are equal: the salt is missing")
	}
}

// Known answers of the argon2 reference implementation (phc-winner-argon2,
// src/test.c, version 0x13, argon2id, salt "somesalt").
func TestHashesOfOthersAreUnderstood(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ hash, password string }{
		{"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4", "password"},
		{"$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc", "password"},
	} {
		if right, err := checkPassword(t.Context(), c.hash, c.password); err != nil || !right {
			t.Errorf("%s does not fit %q (%v)", c.hash, c.password, err)
		}
		if right, err := checkPassword(t.Context(), c.hash, c.password+"x"); err != nil || right {
			t.Errorf("%s fits another password (%v)", c.hash, err)
		}
	}
}

// What stands in the database may come from a damaged or hostile file: it must
// neither fit nor crash, nor cost a gigabyte an attempt and more.
func TestHashesThatAreNoneAreRefused(t *testing.T) {
	t.Parallel()
	good := rightHash()
	replaced := func(old, with string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("%q is not in %s", old, good)
		}
		return strings.Replace(good, old, with, 1)
	}
	for name, hash := range map[string]string{
		"plain text":        rightPassword,
		"no fields":         "$argon2id$",
		"another algorithm": replaced("argon2id", "argon2i"),
		"another version":   replaced("v=19", "v=16"),
		"version and more":  replaced("v=19", "v=19x"),
		"no passes":         replaced("t=2", "t=0"),
		"too many passes":   replaced("t=2", "t=99"),
		"no lanes":          replaced("p=1", "p=0"),
		"too many lanes":    replaced("p=1", "p=256"),
		"no memory":         replaced("m=19456", "m=0"),
		"terabytes":         replaced("m=19456", "m=4294967295"),
		"negative":          replaced("t=2", "t=-2"),
		"cost and more":     replaced("p=1", "p=1,x=2"),
		"short salt":        "$argon2id$v=19$m=19456,t=2,p=1$AAAA$" + strings.Repeat("A", 43),
		"no key":            good[:strings.LastIndex(good, "$")+1],
		"short key":         good[:len(good)-4],
		"long key":          good + "AAAA",
		"padded":            good + "=",
		"URL alphabet":      good[:len(good)-4] + "-_-_",
		"loose last bits":   strings.Repeat("A", 42) + "B",
		"before it":         " " + good,
		"after it":          good + "\n",
		"one more field":    good + "$x",
	} {
		if name == "loose last bits" {
			hash = good[:strings.LastIndex(good, "$")+1] + hash
		}
		right, err := checkPassword(t.Context(), hash, rightPassword)
		if right || !errors.Is(err, errBadHash) {
			t.Errorf("%s: %s: %v, %v, want errBadHash", name, hash, right, err)
		}
	}
}

func TestAnAccountWithoutAHashHasNoPassword(t *testing.T) {
	t.Parallel()
	for _, password := range []string{"", rightPassword} {
		if right, err := checkPassword(t.Context(), "", password); right || err != nil {
			t.Errorf("%q fits no hash at all: %v, %v", password, right, err)
		}
	}
}

// The longest password that is kept works; the same with more behind it does
// not, though only its beginning is hashed.
func TestLongPasswordsAreNotCutShort(t *testing.T) {
	t.Parallel()
	longest := strings.Repeat("𝄞é1a", MaxPassword/4) // also in bytes: runes of one to four
	widest := strings.Repeat("𝄞", MaxPassword-1) + "𝄢"
	for _, password := range []string{longest, widest} {
		if message := passwordFault("somebody", password); message != "" {
			t.Fatal(message)
		}
		hash, err := hashPassword(t.Context(), password)
		if err != nil {
			t.Fatal(err)
		}
		for attempt, want := range map[string]bool{password: true, password + "x": false, password + strings.Repeat("x", 1<<20): false} {
			if right, err := checkPassword(t.Context(), hash, attempt); err != nil || right != want {
				t.Errorf("an attempt of %d bytes at one of %d: %v, want %v (%v)", len(attempt), len(password), right, want, err)
			}
		}
	}
}

func TestHashingEndsWithItsCaller(t *testing.T) {
	previous := hashing
	hashing = make(chan struct{}) // nobody gets a turn
	defer func() { hashing = previous }()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := hashPassword(ctx, rightPassword); !errors.Is(err, context.Canceled) {
		t.Errorf("hashPassword for a caller who has left = %v", err)
	}
	if _, err := checkPassword(ctx, strangerHash, rightPassword); !errors.Is(err, context.Canceled) {
		t.Errorf("checkPassword for a caller who has left = %v", err)
	}
}

func TestPasswordRules(t *testing.T) {
	t.Parallel()
	for password, want := range map[string]string{
		"":                               "at least 12 characters",
		strings.Repeat("a", 11) + "":     "at least 12 characters",
		"elevenchars":                    "at least 12 characters",
		"twelve chars":                   "",
		"ééééééé zwölf":                  "",
		"ééééééééééé":                    "at least 12 characters", // 22 bytes
		strings.Repeat("ab", 128):        "",
		strings.Repeat("ab", 128) + "c":  "256 characters or fewer",
		strings.Repeat("ab", 1<<19):      "256 characters or fewer",
		strings.Repeat("𝄞", 255) + "a":   "",
		"aaaaaaaaaaaaaaaa":               "one character repeated",
		"éééééééééééééééé":               "one character repeated",
		"my name is Somebody":            "must not contain the sign-in name",
		"a tab\tis no password":          "cannot be used",
		"nor is a line\nend":             "cannot be used",
		"nor is nul \x00 of course":      "cannot be used",
		"nor bytes \xff at large":        "cannot be used",
		"no-break\u00a0space is fine":    "",
		"so are families 👩‍👩‍👧 and such": "",
		"'; DROP TABLE account; --":      "",
	} {
		got := passwordFault("somebody", password)
		if want == "" && got != "" || want != "" && !strings.Contains(got, want) {
			t.Errorf("%.40q: %q, want %q", password, got, want)
		}
	}
	if got := passwordFault("", "without any name"); got != "" {
		t.Errorf("with no sign-in name to contain: %q", got)
	}
}

func FuzzParsePHC(f *testing.F) {
	f.Add(strangerHash)
	f.Add("$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc")
	f.Add("$argon2id$v=19$m=0,t=0,p=0$$")
	f.Fuzz(func(t *testing.T, hash string) {
		p, err := parsePHC(hash)
		if err != nil {
			if !errors.Is(err, errBadHash) {
				t.Errorf("%q: %v", hash, err)
			}
			return
		}
		encode := base64.RawStdEncoding.EncodeToString
		if again := fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", p.memory, p.time, p.lanes, encode(p.salt), encode(p.key)); again != hash {
			t.Errorf("%q was read as %q", hash, again)
		}
		if p.time < 1 || p.time > 9 || p.lanes < 1 || p.lanes > 9 || p.memory < 10 || p.memory > 1<<20 || len(p.salt) < 8 || len(p.key) != keyBytes {
			t.Errorf("%q is out of bounds: %+v", hash, p)
		}
	})
}
