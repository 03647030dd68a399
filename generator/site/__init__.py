"""The built website: build.py shows the whole flow on one page."""
