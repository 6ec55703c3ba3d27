"""Merkle tree of a log (RFC 6962): append, root, proofs. Pure: nodes come from a store.

The store contains the node of every *perfect* subtree: at `level`, node `index` covers the leaves
from index * 2^level to (index + 1) * 2^level - 1. Such a node never changes, so an append writes
O(log n) nodes (two on average) and the root or a proof of any size reads O(log n).
"""

import hashlib
from typing import Protocol

EMPTY_ROOT = hashlib.sha256(b"").digest()


class NodeStore(Protocol):
    """Storage of nodes, 32 bytes each. A node is written once and never changed."""

    def get(self, level: int, index: int) -> bytes:
        """The node at this position. Raises: LookupError if the store has lost it."""

    def put(self, level: int, index: int, node: bytes) -> None:
        """Store a new node."""


class NodesInMemory:
    """An in-memory store for exports, checks and tests."""

    def __init__(self) -> None:
        self._nodes: dict[tuple[int, int], bytes] = {}

    def get(self, level: int, index: int) -> bytes:
        """See NodeStore."""
        return self._nodes[level, index]

    def put(self, level: int, index: int, node: bytes) -> None:
        """See NodeStore."""
        self._nodes[level, index] = node


def leaf_hash(entry: bytes) -> bytes:
    """The leaf hash of an entry's canonical bytes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of the parent of two nodes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def append(store: NodeStore, size: int, leaf: bytes) -> int:
    """Append a leaf to a tree of `size` leaves. Returns the new size."""
    level, index, node = 0, size, leaf
    store.put(level, index, node)
    while index % 2:
        node = node_hash(store.get(level, index - 1), node)
        level, index = level + 1, index // 2
        store.put(level, index, node)
    return size + 1


def root(store: NodeStore, size: int) -> bytes:
    """The root of the first `size` leaves, for any size up to the current one."""
    return _subtree(store, 0, size) if size else EMPTY_ROOT


class RunningRoot:
    """The root of leaves that are added one by one; keeps O(log n) nodes."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Add the next leaf."""
        index, node = self.size, leaf
        while index % 2:
            index, node = index // 2, node_hash(self._peaks.pop(), node)
        self._peaks.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The root of all leaves so far."""
        if not self._peaks:
            return EMPTY_ROOT
        *rest, node = self._peaks
        for peak in reversed(rest):
            node = node_hash(peak, node)
        return node


def inclusion_proof(store: NodeStore, index: int, size: int) -> list[bytes]:
    """The audit path from leaf `index` to the root of `size`, leaf first (RFC 6962, 2.1.1).

    Raises: ValueError (no such leaf in a tree of this size).
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    start, proof = 0, []
    while size > 1:
        left = _largest_power_below(size)
        if index - start < left:
            proof.append(_subtree(store, start + left, size - left))
            size = left
        else:
            proof.append(_subtree(store, start, left))
            start, size = start + left, size - left
    return proof[::-1]


def consistency_proof(store: NodeStore, old: int, size: int) -> list[bytes]:
    """Proof that the tree of `old` leaves is a prefix of the tree of `size` (RFC 6962, 2.1.2).

    Raises: ValueError (sizes out of order, or an empty tree, which proves nothing).
    """
    if not 0 < old <= size:
        raise ValueError(f"no proof from {old} to {size} leaves")
    start, whole, proof = 0, True, []
    while old != size:
        left = _largest_power_below(size)
        if old <= left:
            proof.append(_subtree(store, start + left, size - left))
            size = left
        else:
            proof.append(_subtree(store, start, left))
            start, old, size, whole = start + left, old - left, size - left, False
    return ([] if whole else [_subtree(store, start, size)]) + proof[::-1]


def _subtree(store: NodeStore, start: int, size: int) -> bytes:
    """The hash of `size` leaves from `start`; only valid for ranges of the tree's decomposition."""
    power = 1 << (size.bit_length() - 1)
    level = power.bit_length() - 1
    left = store.get(level, start >> level)
    return left if size == power else node_hash(left, _subtree(store, start + power, size - power))


def _largest_power_below(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)
