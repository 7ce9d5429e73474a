package main

import (
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

// cpuTime returns the processor time that all threads of a process have used,
// in user and kernel mode. It is exact to the nanosecond, where /proc/PID/stat
// counts hundredths of a second.
func cpuTime(pid int) (time.Duration, error) {
	// clock_getcpuclockid(3): the complement of the process id, three bits to
	// the left, with CPUCLOCK_SCHED.
	const scheduled = 2
	var used unix.Timespec
	if err := unix.ClockGettime(int32(^pid<<3|scheduled), &used); err != nil {
		return 0, fmt.Errorf("processor time of process %d: %w", pid, err)
	}
	return time.Duration(used.Nano()), nil
}
