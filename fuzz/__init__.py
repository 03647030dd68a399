"""Fuzzing with atheris (docs/fuzzing.md); it is not needed to build a site."""
