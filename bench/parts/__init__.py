"""Parts of the larger benchmarks."""
