"""Fuzzing by atheris: docs/fuzzing.md says how. Nothing here is needed to build a site."""
