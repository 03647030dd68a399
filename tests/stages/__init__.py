"""Tests of generator/stages/."""
