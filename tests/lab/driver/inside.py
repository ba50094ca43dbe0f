"""Holds a network namespace that has nothing but loopback, and answers every name look-up in it with no, writing the name down.

    unshare --map-root-user --net --mount python inside.py NAMES FOLDER

Commands enter it with nsenter; it ends when its standard input does.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import socket
import struct
import sys
import threading
from pathlib import Path

SET_FLAGS, UP_AND_RUNNING = 0x8914, 0x41
MS_BIND = 4096
NO_SUCH_NAME = 0x8183
HEADER = 12


def main() -> None:
    names, folder = Path(sys.argv[1]), Path(sys.argv[2])
    _loopback_up()
    _bind(folder / "resolv.conf", Path("/etc/resolv.conf"), "nameserver 127.0.0.1\noptions attempts:1 timeout:2\n")
    _bind(folder / "nsswitch.conf", Path("/etc/nsswitch.conf"), "hosts: files dns\n")
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))
    threading.Thread(target=_refuse, args=(server, names), daemon=True).start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.read()


def _loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh14x", b"lo", UP_AND_RUNNING))


def _bind(source: Path, target: Path, text: str) -> None:
    """Put a file over another one, for this namespace alone."""
    source.write_text(text, encoding="utf-8")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mount(os.fsencode(source), os.fsencode(target.resolve()), None, MS_BIND, None) != 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(target))


def _refuse(server: socket.socket, names: Path) -> None:
    while True:
        query, asker = server.recvfrom(4096)
        labels, at = [], HEADER
        while query[at]:
            labels.append(query[at + 1 : at + 1 + query[at]].decode("ascii", "replace"))
            at += 1 + query[at]
        with names.open("a", encoding="utf-8") as file:
            file.write(".".join(labels) + "\n")
        server.sendto(query[:2] + struct.pack(">5H", NO_SUCH_NAME, 1, 0, 0, 0) + query[HEADER : at + 5], asker)


if __name__ == "__main__":
    main()
