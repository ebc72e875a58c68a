"""What a process may not do, tried in real processes."""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable

import pytest

from clustergraph.pool import sandbox

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox is made of what Linux has")


def in_a_child(task: Callable[[], bool]) -> int:
    """The status of a forked process that ends with 0 where the task says True."""
    pid = os.fork()
    if pid == 0:
        try:
            sandbox.forget_errors()
            os._exit(0 if task() else 1)
        finally:
            os._exit(2)
    return os.waitpid(pid, 0)[1]


def _no_socket_can_be_had() -> bool:
    if not sandbox.block_network():
        return False
    for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX):
        try:
            socket.socket(family, socket.SOCK_STREAM)
        except PermissionError:
            continue
        return False
    left, right = socket.socketpair()
    left.send(b"x")
    return right.recv(1) == b"x"


def test_a_process_without_network_gets_no_socket_but_keeps_its_channels() -> None:
    assert in_a_child(_no_socket_can_be_had) == 0


def _a_grandchild_gets_no_socket_either() -> bool:
    sandbox.block_network()
    return in_a_child(lambda: sandbox._is_refused(socket.AF_INET)) == 0


def test_a_forked_process_inherits_the_block() -> None:
    assert in_a_child(_a_grandchild_gets_no_socket_either) == 0


def test_the_network_of_this_process_is_open_and_the_trial_says_so() -> None:
    assert not sandbox._is_refused(socket.AF_INET)


def _memory_ends() -> bool:
    sandbox.bound_memory(32)
    within = bytearray(16 * 2**20)
    try:
        bytearray(64 * 2**20)
    except MemoryError:
        return bool(within)
    return False


def test_a_process_gets_the_memory_it_was_given_and_no_more() -> None:
    assert in_a_child(_memory_ends) == 0


def test_a_process_dies_with_the_one_that_forked_it() -> None:
    reading, writing = os.pipe()
    parent = os.fork()
    if parent == 0:
        os.close(reading)
        if os.fork() == 0:
            sandbox.die_with_parent()
            os.write(writing, b"ready")
            signal.pause()
        signal.pause()
    os.close(writing)
    assert os.read(reading, 5) == b"ready"
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    assert os.read(reading, 1) == b""  # the pipe's last writer, the grandchild, is gone
    os.close(reading)
