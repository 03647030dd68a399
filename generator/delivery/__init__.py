"""Products of a finished site: zip files, reports, PDF files."""
