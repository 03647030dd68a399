"""Tests of what is read from the results of engines."""
