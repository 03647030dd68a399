"""The part of an issue.json that does not depend on other issues, and its cache key.

This module is apart from the one that writes issue.json, because whoever only compares two of them
should not wait until all that is loaded.
"""

from __future__ import annotations

import msgspec

from generator.runtime.digests import key_of

# what other issues decide, of an issue and of its documents
LINKED = frozenset(
    (
        *("diagnostics", "citations", "references", "cited_by", "state", "amendments"),
        *("amended_by", "printings"),
    )
)


def text_key(data: bytes) -> str:
    """Make the key of the part of an issue.json that does not depend on other issues.

    The search index is made of this part alone: a new citation from another issue changes nothing
    in it.
    """
    facts = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    documents = msgspec.json.decode(facts.pop("documents"), type=list[dict[str, msgspec.Raw]])
    own = [{k: v for k, v in document.items() if k not in LINKED} for document in documents]
    return key_of([{k: v for k, v in facts.items() if k not in LINKED}, own])
