"""Copy memory at delay 15 with five times as many updates: do the gated networks learn it after all?"""

from experiments.copying import SETTINGS as COPYING
from experiments.copying import train

SETTINGS = {**COPYING, "lengths": [15], "updates": 4000, "networks": {name: COPYING["networks"][name] for name in ("LSTM", "GRU")}}

__all__ = ["SETTINGS", "train"]
