"""Copy memory (Hochreiter & Schmidhuber 1997): remember 5 symbols over a delay of T blank steps, then repeat them.

Guessing after the delay costs log 8 per symbol (natural logarithm); the figure shows what is left of it.
"""

import numpy as np

from experiments.adam import Adam
from experiments.recurrent import gradients, initial, read_out, run

SETTINGS = {
    "seeds": [0, 1, 2, 3, 4], "lengths": [5, 15, 30, 60], "units": 48, "batch": 32, "updates": 800, "rate": 0.004, "clip": 1.0, "symbols": 8, "word": 5,
    "networks": {"plain": ["state-rnn", "tanh", "random"], "orthogonal": ["state-rnn", "tanh", "orthogonal"], "LSTM": ["lstm", "tanh", "random"], "GRU": ["gru", "tanh", "random"]},
}


def batches(delay, settings):
    """Endless (inputs, one per time step, S x (symbols + 2) x B; symbols to repeat, word x S x B)."""
    sources = [np.random.default_rng([seed, delay]) for seed in settings["seeds"]]
    word, symbols, batch = settings["word"], settings["symbols"], settings["batch"]
    length = 2 * word + delay
    while True:
        shown = np.stack([source.integers(0, symbols, (word, batch)) for source in sources], axis=1)
        codes = np.full((length, len(sources), batch), symbols)  # blank
        codes[:word], codes[length - word - 1] = shown, symbols + 1  # the mark that asks for the answer
        yield np.moveaxis(np.eye(symbols + 2)[codes], 3, 2), shown


def train(network, delay, settings):
    """Cross-entropy per repeated symbol (nats) of every run in the last tenth of the updates."""
    _, costs = trained(network, delay, settings)
    return np.mean(costs[-max(1, settings["updates"] // 10):], axis=0).tolist()


def trained(network, delay, settings):
    """(parameters after the last update, the cost at each update)."""
    model, phi, recurrent = settings["networks"][network]
    parameters = initial(model, settings["units"], settings["symbols"] + 2, settings["symbols"], settings["seeds"], recurrent)
    optimizer, costs = Adam(settings["rate"], settings["clip"]), []
    for _, (inputs, shown) in zip(range(settings["updates"]), batches(delay, settings)):
        found, cost = gradient(model, phi, parameters, inputs, shown)
        costs.append(cost)
        optimizer.step(parameters, found)
    return parameters, costs


def gradient(model, phi, parameters, inputs, shown):
    """(gradients of the mean cost per repeated symbol by parameter, the cost), for every run."""
    (word, _, batch), symbols, length = shown.shape, parameters["V"].shape[1], len(inputs)
    values, slopes, cost = run(model, phi, parameters, inputs), {}, 0
    for place in range(word):
        t = length - word + place + 1
        logits = read_out(parameters, values["h"][t])
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        chances, wanted = powers / powers.sum(axis=1, keepdims=True), np.moveaxis(np.eye(symbols)[shown[place]], 2, 1)
        slopes[t] = (chances - wanted) / (word * batch)
        cost = cost - np.log((chances * wanted).sum(axis=1)).mean(axis=1) / word
    return gradients(model, phi, parameters, values, slopes, length), cost
