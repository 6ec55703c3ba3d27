"""Checks that every byte of a ZIP file belongs to one member or to the directory at its end.

ZIP readers differ on unused bytes, duplicate names and contradictory headers. An archive without
these has the same content in every reader.
"""

import os
import struct
import zipfile
from collections.abc import Sequence
from typing import IO

from verifier.faults import Unusable

_END = struct.Struct("<4s4H2LH")
_LOCAL = struct.Struct("<4s5H3L2H")


def check_layout(stream: IO[bytes], members: Sequence[zipfile.ZipInfo]) -> None:
    """Check the layout of an archive with these members. Raises: Unusable."""
    whole = stream.seek(0, os.SEEK_END)
    stream.seek(whole - _END.size)
    end = _END.unpack(stream.read(_END.size))
    signature, disk, first_disk, here, count, length, directory, comment = end
    if signature != b"PK\x05\x06" or comment:
        raise Unusable("bytes_after_zip")
    if disk or first_disk or here != count or count != len(members):
        raise Unusable("bytes_between_members")
    at = 0
    for member in sorted(members, key=lambda one: one.header_offset):
        if member.header_offset != at:
            raise Unusable("bytes_between_members")
        at += _length(stream, member)
    if at != directory or directory + length != whole - _END.size:
        raise Unusable("bytes_between_members")


def _length(stream: IO[bytes], member: zipfile.ZipInfo) -> int:
    """Size of a member in bytes with its header, which must agree with the directory.

    Raises: Unusable.
    """
    stream.seek(member.header_offset)
    header = stream.read(_LOCAL.size)
    if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
        raise Unusable("not_a_zip")
    _, _, flags, method, _, _, crc, packed, unpacked, name, extra = _LOCAL.unpack(header)
    listed = (member.flag_bits, member.compress_type, member.CRC)
    sizes = (member.compress_size, member.file_size)
    same_name = stream.read(name) == member.orig_filename.encode()
    if not same_name or (flags, method, crc) != listed or (packed, unpacked) != sizes:
        raise Unusable("member_headers_differ", {"name": member.filename})
    return _LOCAL.size + int(name) + int(extra) + int(packed)
