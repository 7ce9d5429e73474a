//go:build !linux

package main

import (
	"errors"
	"time"
)

// cpuTime is known on Linux only.
func cpuTime(int) (time.Duration, error) {
	return 0, errors.New("measuring another process's processor time needs Linux")
}
