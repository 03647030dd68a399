"""The editor's workspace (校对台): sheet, text and findings side by side, in the browser.

It writes nothing but issue.toml, the gazette's terms.txt, a new gazette's gazette.toml and the
files that are handed in; whatever it does a person can do by hand.
"""
