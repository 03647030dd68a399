"""One issue through its own stages, in order; pipeline.py shows the order."""
