"""A sentence in the site's two languages."""

from dataclasses import dataclass


def counted(number, noun):
    """"1 point", "3 points"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


class IllFormed(ValueError):
    """What a topic file wrote cannot be a result; the message says what to write instead."""


@dataclass(frozen=True)
class Text:
    """The same statement written in English and in Chinese; neither may be empty."""

    en: str
    zh: str

    def __post_init__(self):
        for language, sentence in (("en", self.en), ("zh", self.zh)):
            if not sentence.strip():
                raise IllFormed(f"A Text lacks its {language!r} sentence (the other one reads {self.en or self.zh!r}): write both.")

    def as_dict(self):
        return {"en": self.en, "zh": self.zh}
