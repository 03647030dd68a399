"""Strategies of hypothesis for texts with the words of gazettes."""

from __future__ import annotations

from hypothesis import strategies as st

from fuzz.words import HEAD, MARKUP, WORDS

trade = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)
# under a title of its own, so that the text has a document to go to
issues = st.one_of(trade, trade.map(lambda text: HEAD + text))
line = trade.map(lambda text: text.replace("\n", ""))
# what engines write, with lines among it
marked = st.lists(st.sampled_from(MARKUP), max_size=30).map("".join)
