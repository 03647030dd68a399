"""Tests of generator/formats/."""
