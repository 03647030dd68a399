"""Tests of generator/archive/."""
