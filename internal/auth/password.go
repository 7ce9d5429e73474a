package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// The argon2id cost: OWASP's second recommended setting (19 MiB, two passes,
// one lane), about 30 ms of one core.
const (
	argonMemory = 19 * 1024 // KiB
	argonTime   = 2
	argonLanes  = 1
	saltBytes   = 16
	keyBytes    = 32
)

// Bounds of a password, in characters. The upper one keeps a hostile megabyte
// from being hashed.
const (
	MinPassword = 12
	MaxPassword = 256
)

// hashing bounds how many hashes are computed at once, so that a crowd of
// sign-ins costs time but not memory.
var hashing = make(chan struct{}, max(2, runtime.NumCPU()))

func derive(ctx context.Context, password string, salt []byte, memory, time uint32, lanes uint8) ([]byte, error) {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, time, memory, lanes, keyBytes), nil
}

// hashPassword answers the hash in the PHC string format:
// $argon2id$v=19$m=19456,t=2,p=1$salt$key, in unpadded base 64.
func hashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := rand.Read(salt); err != nil {
		return "", fmt.Errorf("make a salt: %w", err)
	}
	key, err := derive(ctx, password, salt, argonMemory, argonTime, argonLanes)
	if err != nil {
		return "", err
	}
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, argonMemory, argonTime, argonLanes, encode(salt), encode(key)), nil
}

var errBadHash = errors.New("stored password hash is not in the argon2id PHC format")

// phcPattern also bounds the cost (1 GB, nine passes, nine lanes), so that a
// hash that somebody else wrote into the database cannot bring the server down.
var phcPattern = regexp.MustCompile(`^\$argon2id\$v=19\$m=([1-9][0-9]{1,5}),t=([1-9]),p=([1-9])\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43})$`)

// phc is what a hash in the PHC string format says.
type phc struct {
	memory, time uint32
	lanes        uint8
	salt, key    []byte
}

func parsePHC(hash string) (phc, error) {
	parts := phcPattern.FindStringSubmatch(hash)
	if parts == nil {
		return phc{}, errBadHash
	}
	var numbers [3]uint32
	for i := range numbers {
		n, err := strconv.ParseUint(parts[i+1], 10, 32)
		if err != nil {
			return phc{}, errBadHash
		}
		numbers[i] = uint32(n)
	}
	decode := base64.RawStdEncoding.Strict().DecodeString
	salt, err := decode(parts[4])
	if err != nil {
		return phc{}, errBadHash
	}
	key, err := decode(parts[5])
	if err != nil {
		return phc{}, errBadHash
	}
	return phc{numbers[0], numbers[1], uint8(numbers[2]), salt, key}, nil
}

// checkPassword tells whether password is the one behind hash. An empty hash
// fits no password: such an account signs in by other means. A password longer
// than any that is kept is wrong, and costs no more than the longest.
func checkPassword(ctx context.Context, hash, password string) (bool, error) {
	if hash == "" {
		return false, nil
	}
	want, err := parsePHC(hash)
	if err != nil {
		return false, err
	}
	const longest = MaxPassword * utf8.UTFMax
	got, err := derive(ctx, password[:min(len(password), longest)], want.salt, want.memory, want.time, want.lanes)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want.key) == 1 && len(password) <= longest, nil
}

// passwordFault says in plain words what is wrong with a new password, or
// answers "".
func passwordFault(signInName, password string) string {
	length := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl):
		return "The password contains a character that cannot be used. Type it again."
	case length < MinPassword:
		return fmt.Sprintf("The password must be at least %d characters long. Three random words make a good one.", MinPassword)
	case length > MaxPassword:
		return fmt.Sprintf("The password must be %d characters or fewer.", MaxPassword)
	case signInName != "" && strings.Contains(strings.ToLower(password), strings.ToLower(signInName)):
		return "The password must not contain the sign-in name."
	case strings.Count(password, string([]rune(password)[:1])) == length:
		return "The password must not be one character repeated."
	}
	return ""
}
