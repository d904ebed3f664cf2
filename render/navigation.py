"""The order of the pages, as mkdocs.<lang>.yml gives it to MkDocs; nobody writes it twice."""

from pathlib import Path

from mkdocs.utils.yaml import yaml_load

from render.paths import PROJECT
from render.site import Site


def sections(site: Site) -> list[tuple[str, list[str]]]:
    """(section's title, paths of its pages). Home is left out, and so is what does not exist in this tree."""
    with open(PROJECT / f"mkdocs.{site.lang}.yml", "rb") as file:
        nav = yaml_load(file).get("nav", [])
    found = []
    for entry in nav:
        for title, children in entry.items():
            if isinstance(children, list):
                paths = [path for child in children for path in _paths(child) if path in site.pages]
                if paths:
                    found.append((title, paths))
    return found


def _paths(child) -> list[str]:
    return [child] if isinstance(child, str) else [str(Path(path).as_posix()) for path in child.values()]
