"""The room of a meeting: its sockets, snapshots, presence and live ink."""
