"""Tests of generator/delivery/."""
