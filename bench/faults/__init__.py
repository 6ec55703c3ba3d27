"""The parts of `./run bench faults`: what is done to a running server, and what it costs."""
