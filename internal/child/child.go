// Package child starts processes that do not outlive this one.
package child

import (
	"os/exec"
	"runtime"
	"sync"
	"syscall"
)

// Start starts a command in a process group of its own. On Linux the system kills it when this process ends in whatever way; elsewhere nothing can be asked to.
//
// Every process is started from one thread that never ends: Linux ends a child that asked for it together with the thread that made it, not with the process.
func Start(cmd *exec.Cmd) error {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	endWithParent(cmd.SysProcAttr)
	answer := make(chan error)
	starter() <- func() { answer <- cmd.Start() }
	return <-answer
}

var starter = sync.OnceValue(func() chan<- func() {
	starts := make(chan func())
	go func() {
		runtime.LockOSThread()
		for f := range starts {
			f()
		}
	}()
	return starts
})
