"""System programs that the tests and benchmarks use, and their installation."""

import os
import shutil

from launcher.messages import say
from launcher.steps import run_step

PACKAGES = {
    "chromium": ("chromium",),
    "pdftoppm": ("poppler-utils",),
    "mutool": ("mupdf-tools",),
    "tesseract": ("tesseract-ocr", "tesseract-ocr-vie"),
    "soffice": (
        "libreoffice-writer-nogui",
        "libreoffice-calc-nogui",
        "libreoffice-impress-nogui",
    ),
}


def missing() -> list[str]:
    """Debian package names of the programs that are missing on this machine."""
    lacking = [packages for program, packages in PACKAGES.items() if not shutil.which(program)]
    return [package for packages in lacking for package in packages]


def ensure() -> None:
    """Install missing programs if possible, else report that their tests will be skipped."""
    packages = missing()
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        told = ("Đang cài công cụ kiểm thử", f"installing the tests' tools: {' '.join(packages)}")
        environ = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
        if run_step(install, *told, env=environ).code != 0:
            run_step(["apt-get", "update", "-qq"], "Đang cập nhật danh sách gói", "apt-get update")
            run_step(install, *told, env=environ)
    if left := missing():
        names = " ".join(left)
        say(
            f"Thiếu công cụ, một số phép thử sẽ bị bỏ qua: apt install {names}",
            f"tools are missing and their tests will be skipped: apt install {names}",
        )
