"""Tests of the gazette generator."""
