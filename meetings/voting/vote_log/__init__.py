"""The vote log: canonical entries, their Merkle tree, signed checkpoints. See docs/vote-log.md."""
