"""What a process may not do: call out, take more memory than it is given, outlive its parent.

Linux only. Elsewhere :func:`block_network` says that it could not, and the others do nothing.
"""

from __future__ import annotations

import ctypes
import errno
import math
import os
import platform
import resource
import signal
import socket
import sys
import time
from pathlib import Path

LINUX = sys.platform == "linux"
PR_SET_PDEATHSIG = 1
PR_SET_SECCOMP = 22
PR_SET_NO_NEW_PRIVS = 38
SECCOMP_MODE_FILTER = 2
SECCOMP_RET_KILL_PROCESS = 0x8000_0000
SECCOMP_RET_ERRNO = 0x0005_0000
SECCOMP_RET_ALLOW = 0x7FFF_0000
LOAD_WORD, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
OFFSET_OF_CALL, OFFSET_OF_ARCHITECTURE = 0, 4
#: machine -> (its AUDIT_ARCH number, its numbers of the calls socket, connect and io_uring_setup).
CALLS = {
    "x86_64": (0xC000_003E, (41, 42, 425)),
    "aarch64": (0xC000_00B7, (198, 203, 425)),
}
#: Stack of a worker in bytes. Deep queries need more than the usual 8 MB; the kernel gives it only when it is used.
STACK = 64 * 2**20


class _Instruction(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_ushort),
        ("if_true", ctypes.c_ubyte),
        ("if_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(_Instruction)))


def _filter(architecture: int, calls: tuple[int, ...]) -> ctypes.Array[_Instruction]:
    """A seccomp filter that answers some calls with EPERM and lets all others through (seccomp(2))."""
    steps = [
        (LOAD_WORD, 0, 0, OFFSET_OF_ARCHITECTURE),
        (JUMP_IF_EQUAL, 1, 0, architecture),
        (RETURN, 0, 0, SECCOMP_RET_KILL_PROCESS),
        (LOAD_WORD, 0, 0, OFFSET_OF_CALL),
        *((JUMP_IF_EQUAL, len(calls) - number, 0, call) for number, call in enumerate(calls)),
        (RETURN, 0, 0, SECCOMP_RET_ALLOW),
        (RETURN, 0, 0, SECCOMP_RET_ERRNO | errno.EPERM),
    ]
    return (_Instruction * len(steps))(*(_Instruction(*step) for step in steps))


def _prctl(option: int, value: int, pointer: object = 0) -> bool:
    return bool(ctypes.CDLL(None).prctl(option, value, pointer, 0, 0) == 0)


def block_network() -> bool:
    """Refuse this process, and those it forks, every new socket for good; True where that is proved by trying."""
    if LINUX and platform.machine() in CALLS and _prctl(PR_SET_NO_NEW_PRIVS, 1):
        instructions = _filter(*CALLS[platform.machine()])
        _prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(_Program(len(instructions), instructions)))
    return all(_is_refused(family) for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX))


def _is_refused(family: socket.AddressFamily) -> bool:
    try:
        socket.socket(family, socket.SOCK_STREAM).close()
    except PermissionError:
        return True
    except OSError:  # a family the machine does not have
        return family != socket.AF_INET
    return False


def die_with_parent() -> None:
    """Have the kernel end this process when the one that forked it ends, however that ends."""
    if LINUX:
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Size:
    """The private memory of the process that makes this, what it shares with its parent by copy-on-write included."""

    def __init__(self) -> None:
        # Held open: opening a file of /proc takes ten times as long as reading it.
        self._statm = os.open("/proc/self/statm", os.O_RDONLY) if LINUX else None

    def bytes(self) -> int:
        """How many bytes it is now (proc_pid_statm(5), the sixth number); 0 where the system does not say."""
        if self._statm is None:
            return 0
        return int(os.pread(self._statm, 200, 0).split()[5]) * resource.getpagesize()


def bound_memory(megabytes: int) -> None:
    """Let this process take so much memory above what it has now; then its allocations fail, which ends it.

    The limit is on private memory (RLIMIT_DATA): the engine's files are mapped, and do not count.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if LINUX:
        limit = Size().bytes() + megabytes * 2**20
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
        # Should the machine run out of memory all the same, a worker goes first.
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


class CpuBound:
    """Processor time that this process may take from one moment on; then SIGXCPU ends it.

    :param seconds: how much.
    """

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds
        _, self._hard = resource.getrlimit(resource.RLIMIT_CPU)
        self._soft = 0

    def renew(self) -> None:
        """Let this process take so much from now on."""
        soft = math.ceil(time.process_time()) + self._seconds
        if soft != self._soft:  # the bound is in whole seconds
            self._soft = soft
            bound = soft if self._hard == resource.RLIM_INFINITY else min(soft, self._hard)
            resource.setrlimit(resource.RLIMIT_CPU, (bound, self._hard))


def deepen_stack() -> None:
    """Raise the bound of the main thread's stack to :data:`STACK`, as far as the system lets us."""
    _, hard = resource.getrlimit(resource.RLIMIT_STACK)
    soft = STACK if hard == resource.RLIM_INFINITY else min(STACK, hard)
    resource.setrlimit(resource.RLIMIT_STACK, (soft, hard))


def forget_errors() -> None:
    """Send what this process writes to standard error nowhere: a dying engine's last words repeat the query."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)
