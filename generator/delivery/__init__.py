"""What is made of a finished site: bundles, reports, paper."""
