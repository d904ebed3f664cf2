"""The order of the pages, as mkdocs.<lang>.yml gives it to MkDocs; nobody writes it twice."""

import re
from pathlib import Path

from mkdocs.utils.yaml import yaml_load

from render.paths import PROJECT
from render.problems import Problem, did_you_mean
from render.site import Site

_ENTRY = re.compile(r"\s*- (?:[^:]+: )?(\S+\.md)\s*(?:#.*)?$")


def nav_problems(site: Site, file: Path) -> list[Problem]:
    """A page that the menu in `file` (mkdocs.<lang>.yml) leaves out, and a line of the menu that names no page."""
    lines = file.read_text(encoding="utf-8").splitlines()
    listed = {match[1]: number for number, text in enumerate(lines, 1) if (match := _ENTRY.match(text))}
    found = [Problem(page.file, 1, f"no menu leads to this page: add the line “- {path}” under `nav` in {file.name}.") for path, page in site.pages.items() if path not in listed]
    return found + [Problem(file.name, line, f"the menu names “{path}”, which is no page. {did_you_mean(path, site.pages)}") for path, line in listed.items() if path not in site.pages]


def settings(lang: str) -> dict:
    """What mkdocs.<lang>.yml says, with what it inherits."""
    with open(PROJECT / f"mkdocs.{lang}.yml", "rb") as file:
        return yaml_load(file)


def sections(site: Site) -> list[tuple[str, list[str]]]:
    """(section's title, paths of its pages). Home is left out, and so is what does not exist in this tree."""
    found = []
    for entry in settings(site.lang).get("nav", []):
        for title, children in entry.items():
            if isinstance(children, list):
                paths = [path for child in children for path in _paths(child) if path in site.pages]
                if paths:
                    found.append((title, paths))
    return found


def _paths(child) -> list[str]:
    return [child] if isinstance(child, str) else [str(Path(path).as_posix()) for path in child.values()]
