"""The stages of one issue, each a function from value to value; pipeline.py shows their order."""
