"""The content security policy: a page loads only files of its own site and runs no inline script.

Each page contains the policy, because a bundle on a disk has no server to send it. Inline styles
are allowed: the running head for print is one. It prints titles as a string of CSS, which
`formats/heads.py` escapes, so that no text of a gazette becomes a style.
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
# if a reader follows a link to another site, that site does not learn which page it was on
REFERRER = "no-referrer"
