"""What a page may load and run: its own site's files, and nothing that stands in the page itself.

The policy travels in each page, for a bundle on a disk has no server to send it. Styles may stand
in a page: the running head of its paper is one, and no text of a gazette ever becomes a style.
"""

from __future__ import annotations

DIRECTIVES = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
POLICY = "; ".join(f"{name} {sources}" for name, sources in DIRECTIVES.items())
# who follows a link to another site tells it nothing of what was read
REFERRER = "no-referrer"
