"""Tests of the comparison of two documents."""
