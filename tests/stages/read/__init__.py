"""Tests of generator/stages/read/."""
