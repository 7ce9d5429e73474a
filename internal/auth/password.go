package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
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

// checkPassword tells whether password is the one behind hash. An empty hash
// fits no password: such an account signs in by other means.
func checkPassword(ctx context.Context, hash, password string) (bool, error) {
	if hash == "" {
		return false, nil
	}
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, errBadHash
	}
	var version int
	var memory, time uint32
	var lanes uint8
	if _, err := fmt.Sscanf(parts[2], "v=%d", &version); err != nil || version != argon2.Version {
		return false, errBadHash
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &time, &lanes); err != nil {
		return false, errBadHash
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, errBadHash
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, errBadHash
	}
	got, err := derive(ctx, password, salt, memory, time, lanes)
	if err != nil {
		return false, err
	}
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// passwordFault says in plain words what is wrong with a new password, or
// answers "".
func passwordFault(signInName, password string) string {
	length := utf8.RuneCountInString(password)
	switch {
	case !utf8.ValidString(password) || strings.ContainsRune(password, 0):
		return "The password contains a character that cannot be used. Type it again."
	case length < MinPassword:
		return fmt.Sprintf("The password must be at least %d characters long. Three random words make a good one.", MinPassword)
	case length > MaxPassword:
		return fmt.Sprintf("The password must be %d characters or fewer.", MaxPassword)
	case strings.Contains(strings.ToLower(password), strings.ToLower(signInName)):
		return "The password must not contain the sign-in name."
	case strings.Count(password, string([]rune(password)[:1])) == length:
		return "The password must not be one character repeated."
	}
	return ""
}
