//go:build !linux

package child

import "syscall"

// endWithParent does nothing: only Linux can be asked to end a process together with its parent.
func endWithParent(*syscall.SysProcAttr) {}
