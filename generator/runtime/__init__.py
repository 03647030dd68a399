"""General services: errors, digests, parallel work. They know nothing about gazettes."""
