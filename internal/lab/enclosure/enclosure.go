//go:build linux

// Package enclosure runs a program again inside user, network, mount and process namespaces of its own, in which it is root and alone.
//
// Nothing that happens inside is seen outside, nobody needs to be root, and when the process outside ends, in whatever way, the system ends everything
// inside and takes its networks down.
package enclosure

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"syscall"
)

// stage is the environment variable that says how far inside this process is: nothing outside, "init" for the first process of the enclosure, "inside".
const stage = "LAB_ENCLOSURE"

// Begin is the whole life of an enclosure's first process, if this is one; everywhere else it does nothing. A program that uses Enter calls it first.
func Begin() {
	if os.Getenv(stage) == "init" {
		os.Exit(initialize())
	}
}

// Outside reports whether the caller is in no enclosure.
func Outside() bool { return os.Getenv(stage) == "" }

// File returns the i-th file that Enter was given outside.
func File(i int) *os.File { return os.NewFile(uintptr(firstFile+i), "file "+strconv.Itoa(i)) }

const firstFile = 3 // after standard input, output and error

// Enter runs this very program again inside, with the same arguments, and returns when that has ended; when ctx ends, it is asked to. began, unless nil, is
// told outside of the first process inside, whose namespaces others may enter; files are handed through, as File finds them.
func Enter(ctx context.Context, began func(pid int), files ...*os.File) error {
	runtime.LockOSThread() // the process inside ends with this thread
	defer runtime.UnlockOSThread()
	cmd := exec.Command("/proc/self/exe", os.Args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr, cmd.ExtraFiles = nil, os.Stdout, os.Stderr, files
	cmd.Env = append(os.Environ(), stage+"=init", "LAB_FILES="+strconv.Itoa(len(files)))
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET | syscall.CLONE_NEWNS | syscall.CLONE_NEWPID,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
		Pdeathsig:   syscall.SIGKILL, Setpgid: true,
	}
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("the system does not give the lab namespaces of its own (run it as root, or allow user namespaces): %w", err)
	}
	if began != nil {
		began(cmd.Process.Pid)
	}
	stop := context.AfterFunc(ctx, func() { cmd.Process.Signal(syscall.SIGTERM) })
	defer stop()
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return ErrInside
	}
	return err
}

// ErrInside is all that is known outside of a failure that was told inside.
var ErrInside = errors.New("the lab has failed")

// initialize is the life of the enclosure's first process: it prepares the place, starts the program, buries orphans, and ends with the program.
func initialize() int {
	if err := prepare(); err != nil {
		fmt.Fprintln(os.Stderr, "lab:", err)
		return 1
	}
	os.Setenv(stage, "inside")
	files := []*os.File{os.Stdin, os.Stdout, os.Stderr}
	n, _ := strconv.Atoi(os.Getenv("LAB_FILES"))
	for i := range n {
		files = append(files, File(i))
	}
	p, err := os.StartProcess("/proc/self/exe", os.Args, &os.ProcAttr{Env: os.Environ(), Files: files})
	if err != nil {
		fmt.Fprintln(os.Stderr, "lab:", err)
		return 1
	}
	pass := make(chan os.Signal, 1)
	signal.Notify(pass, os.Interrupt, syscall.SIGTERM)
	go func() {
		for s := range pass {
			p.Signal(s)
		}
	}()
	return bury(p.Pid)
}

// bury waits for every process that ends, and returns the program's exit code when that has.
func bury(program int) int {
	for {
		var status syscall.WaitStatus
		switch pid, err := syscall.Wait4(-1, &status, 0, nil); {
		case err == syscall.EINTR:
		case err != nil:
			return 1
		case pid == program && status.Exited():
			return status.ExitStatus()
		case pid == program:
			return 1
		}
	}
}

// prepare gives the enclosure a view of its own processes and a place for the names of its networks.
func prepare() error {
	for _, m := range []struct {
		source, target, kind string
		flags                uintptr
	}{
		{"", "/", "", syscall.MS_REC | syscall.MS_PRIVATE},
		{"proc", "/proc", "proc", syscall.MS_NOSUID | syscall.MS_NODEV | syscall.MS_NOEXEC},
		{"tmpfs", "/run", "tmpfs", syscall.MS_NOSUID | syscall.MS_NODEV},
	} {
		if err := syscall.Mount(m.source, m.target, m.kind, m.flags, ""); err != nil {
			return fmt.Errorf("mounting %s: %w", m.target, err)
		}
	}
	return os.Mkdir("/run/netns", 0o755)
}
