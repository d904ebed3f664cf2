"""The two pages above the languages: the one that chooses a language, and the one for addresses that do not exist."""

from pathlib import Path

_HEAD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title}</title><link rel="icon" href="{base}en/assets/favicon.svg">
<link rel="alternate" hreflang="en" href="{base}en/"><link rel="alternate" hreflang="zh" href="{base}zh/"><link rel="alternate" hreflang="x-default" href="{base}">
<style>:root{{color-scheme:light dark}}body{{margin:0;min-height:100vh;display:grid;place-content:center;gap:1.2rem;padding:1.5rem;text-align:center;
font:1.05rem/1.6 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;background:#fbfaf7;color:#1d2b34}}
h1{{font-size:1.35rem;font-weight:600;margin:0}}a{{color:#0d5c7d;font-size:1.15rem}}
@media(prefers-color-scheme:dark){{body{{background:#12191e;color:#dbe3e7}}a{{color:#7cc4e0}}}}</style>
"""
_LINKS = '<p><a href="{base}en/" hreflang="en" lang="en">English</a> &nbsp;·&nbsp; <a href="{base}zh/" hreflang="zh" lang="zh">中文</a></p>\n'
_CHOOSE = """<script>
(function () {
  var wanted = (navigator.languages || [navigator.language || "en"]).map(function (tag) { return tag.slice(0, 2).toLowerCase(); });
  for (var i = 0; i < wanted.length; i++) if (wanted[i] === "en" || wanted[i] === "zh") return location.replace(wanted[i] + "/" + location.hash);
})();
</script>
"""


def write_root(site: Path) -> None:
    """index.html, which sends a reader to the language of the browser and shows both links where no script runs; 404.html."""
    title = "Vanishing and exploding gradients · 梯度消失与梯度爆炸"
    heading = f"</head><body><h1>{title}</h1>\n"
    site.joinpath("index.html").write_text(
        _HEAD.format(title=title, base="") + _CHOOSE + heading + _LINKS.format(base="") + "</body></html>\n", encoding="utf-8"
    )
    # The host serves this page at any depth, so relative links would miss: the script finds the root that still has pages.
    lost = '<p lang="en">There is no page at this address.</p><p lang="zh">这个地址没有页面。</p>\n'
    find_root = """<script>
(function () {
  var cut = location.pathname.search(/\\/(en|zh)\\//);
  var root = cut >= 0 ? location.pathname.slice(0, cut + 1) : "/" + (location.hostname.endsWith(".github.io") ? location.pathname.split("/")[1] + "/" : "");
  document.querySelectorAll("p a").forEach(function (link) { link.href = root + link.lang + "/"; });
})();
</script>
"""
    site.joinpath("404.html").write_text(
        _HEAD.format(title=title, base="") + heading + lost + _LINKS.format(base="") + find_root + "</body></html>\n", encoding="utf-8"
    )
