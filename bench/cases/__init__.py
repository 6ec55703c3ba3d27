"""The benchmarks, one module for each name of `./run bench`."""
