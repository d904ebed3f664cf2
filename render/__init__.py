"""From evidence and prose to pages: what a reader sees.

`python -m render` is the entrance; `render.extension` is what MkDocs loads. Nothing here does mathematics: results are
read from `build/evidence`, pictures from `build/figures`, prose from `docs/en` and `docs/zh`.
"""
