package child

import "syscall"

// endWithParent has the system kill the process when this one ends without having done so itself.
func endWithParent(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGKILL }
