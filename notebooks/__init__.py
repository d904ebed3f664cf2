"""One notebook a chapter, generated from the derivations and the pages; `python -m notebooks` writes and runs them.

`lab` is what their cells import, `cells` turns a result into cells, `chapter` turns a page into a notebook in either
language, and `run` executes the code, which is the same in both, once.
"""
