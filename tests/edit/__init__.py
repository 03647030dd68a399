"""Tests of the editor's workspace."""
