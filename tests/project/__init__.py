"""The project itself: its docs, its CI, its package, its benchmarks."""
