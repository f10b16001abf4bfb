"""Benchmarks: seeded content, and what builds of it cost."""
