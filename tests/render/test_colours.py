"""Text can be read on its ground, in light and in dark."""

import re

import pytest
from render.paths import THEME

STYLE = (THEME / "assets" / "site.css").read_text(encoding="utf-8")
PAIRS = [
    *((text, ground) for text in ("ink", "ink-soft", "petrol", "amber", "moss", "brick") for ground in ("paper", "sheet")),
    *((name, f"{name}-wash") for name in ("petrol", "amber", "moss")),
]


def palette(scheme: str) -> dict[str, str]:
    block = re.search(rf'\[data-md-color-scheme="{scheme}"\] \{{\n(.*?)\n\}}', STYLE, re.DOTALL)[1]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", block))


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_every_text_colour_has_the_contrast_that_wcag_aa_asks(scheme):
    colours = palette(scheme)
    for text, ground in PAIRS:
        light, dark = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, f"{text} on {ground}: {(light + 0.05) / (dark + 0.05):.2f}"
