"""Measurements of speed and scale; their results stand in docs/benchmark.md."""
