"""A data folder belongs to one running server: the lock that ./run holds on it."""

import fcntl
import os
from pathlib import Path

from launcher.messages import Trouble

FILE = "run.lock"


def hold(data: Path) -> int:
    """Lock a data folder until this process ends; returns the descriptor. Raises: Trouble.

    The descriptor is not inherited: a child that outlives ./run does not keep the folder.
    """
    descriptor = os.open(data / FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.read(descriptor, 20).decode(errors="replace").strip()
        os.close(descriptor)
        raise Trouble(
            f"Thư mục {data} đang được một máy chủ khác dùng (tiến trình {holder}):"
            " dừng nó, hoặc chọn thư mục khác bằng --data.",
            f"The folder {data} is in use by another server (process {holder}):"
            " stop it, or choose another folder with --data.",
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor
