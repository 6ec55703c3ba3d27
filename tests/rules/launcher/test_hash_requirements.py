"""Which files of a package index a requirements file lists, and how."""

import pytest
from packaging.version import Version

from launcher.hash_requirements import is_of_release, release_hashes, with_hashes
from launcher.messages import Trouble
from launcher.pip_bootstrap import links

A, B, C = ("a" * 64, "b" * 64, "c" * 64)
PAGE = f"""
<a href="../../files/one_two-1.10-py3-none-any.whl#sha256={B}">wheel</a>
<a href="https://elsewhere.example/one_two-1.10.tar.gz#sha256={A}" data-yanked="">source</a>
<a href="/files/one_two-1.1-py3-none-any.whl#sha256={C}">older</a>
"""


@pytest.mark.parametrize(
    ("file", "is_listed"),
    [
        ("one-1.0-py3-none-any.whl", True),
        ("one-1.0-py2.py3-none-any.whl", True),
        ("one-1.0-cp311-cp311-manylinux_2_28_x86_64.whl", True),
        ("one-1.0-cp314-cp314t-macosx_11_0_arm64.whl", True),
        ("one-1.0-cp38-abi3-win_amd64.whl", True),
        ("one-1.0.tar.gz", True),
        ("one-1.0-cp310-cp310-manylinux_2_28_x86_64.whl", False),
        ("one-1.0-pp311-pypy311_pp73-win_amd64.whl", False),
        ("one-1.0-cp313-cp313-android_21_arm64_v8a.whl", False),
        ("one-1.0-py2-none-any.whl", False),
        ("one-1.0.1-py3-none-any.whl", False),
        ("one-1.0.win32-py3.11.exe", False),
    ],
)
def test_files_that_a_supported_machine_could_install(file, is_listed):
    assert is_of_release(file, Version("1.0")) is is_listed


def test_hashes_are_read_from_the_page_of_an_index():
    files = links(PAGE, "https://index.example/simple/one-two/")
    assert release_hashes(files, "1.10") == [A, B]
    with pytest.raises(Trouble, match="SHA-256"):
        release_hashes([("one-1.0.tar.gz", "https://index.example/one-1.0.tar.gz")], "1.0")


def test_only_the_hashes_of_a_file_change():
    top, two = "# Asked for:\n-r other.txt\n\nOne==1.0", 'Two==2 ; os_name == "x"'
    before = f"{top} \\\n    --hash=sha256:{C}\n{two}\n"
    asked = []

    def hashes_of(name: str, version: str) -> list[str]:
        asked.append((name, version))
        return [A, B]

    after = with_hashes(before, hashes_of)
    listed = f" \\\n    --hash=sha256:{A} \\\n    --hash=sha256:{B}\n"
    assert after == f"{top}{listed}{two}{listed}"
    assert asked == [("One", "1.0"), ("Two", "2")]
    assert with_hashes(after, hashes_of) == after
