"""The Merkle tree of RFC 6962: leaf hashes, roots, inclusion and consistency proofs."""

import hashlib
from collections.abc import Iterable, Sequence

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """The leaf hash of an entry's bytes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the parent of two nodes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def roots(leaves: Sequence[bytes], sizes: Iterable[int]) -> dict[int, bytes]:
    """The root at each of these sizes, as far as there are enough leaves."""
    wanted, found = set(sizes), {}
    if 0 in wanted:
        found[0] = EMPTY_ROOT
    peaks: list[bytes] = []
    for size, leaf in enumerate(leaves, 1):
        node, half = leaf, size
        while half % 2 == 0:
            node, half = node_hash(peaks.pop(), node), half // 2
        peaks.append(node)
        if size in wanted:
            found[size] = _joined(peaks)
    return found


def _joined(peaks: Sequence[bytes]) -> bytes:
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = node_hash(peak, root)
    return root


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows that leaf `index` is in the tree of `size` leaves with this root."""
    if not 0 <= index < size:
        return False
    node, last = leaf, size - 1
    for sibling in proof:
        if last == 0:
            return False
        if index % 2 or index == last:
            node = node_hash(sibling, node)
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            node = node_hash(node, sibling)
        index, last = index // 2, last // 2
    return last == 0 and node == root


def is_consistent(
    old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that the tree of `old` leaves is a prefix of the tree of `size`."""
    if not 0 < old <= size:
        return False
    if old == size:
        return not proof and old_root == root
    path = list(proof)
    if old & (old - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    index, last = old - 1, size - 1
    while index % 2:
        index, last = index // 2, last // 2
    before = after = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if index % 2 or index == last:
            before, after = node_hash(node, before), node_hash(node, after)
            while index % 2 == 0 and index:
                index, last = index // 2, last // 2
        else:
            after = node_hash(after, node)
        index, last = index // 2, last // 2
    return last == 0 and before == old_root and after == root
