"""Tests of generator/search/."""
