"""Handwritten digits: 1797 grey images of 8 x 8, which scikit-learn brings along, in a fixed split.

They are the test set of "Optical Recognition of Handwritten Digits" (UCI). This is the only module that needs scikit-learn,
and only while an experiment runs: ``pip install -e .[experiments]``.
"""

import hashlib
from functools import cache

import numpy as np

SPLIT, TEST, CLASSES = 0, 497, 10  # seed of the shuffle, and how many images are kept for the test


@cache
def digits():
    """((training images, classes), (test images, classes)): images B x 8 x 8 with grey values in [0, 1]."""
    from sklearn.datasets import load_digits

    bunch = load_digits()
    images, classes = bunch.images / 16, bunch.target
    order = np.random.default_rng(SPLIT).permutation(len(classes))
    return (images[order[TEST:]], classes[order[TEST:]]), (images[order[:TEST]], classes[order[:TEST]])


def provenance():
    """Where the images come from, their digest and the split, for the record of an experiment."""
    import sklearn

    training, test = digits()
    digest = hashlib.sha256(b"".join(array.astype("<f8").tobytes() for array in (*training, *test)))
    return {"images": "UCI Optical Recognition of Handwritten Digits, test set, from sklearn.datasets.load_digits", "sha256": digest.hexdigest(), "training": len(training[1]), "test": len(test[1]), "scikit-learn": sklearn.__version__}


def batches(length, settings):
    """Endless (training images S x B x 8 x 8, classes S x B)."""
    (images, classes), _ = digits()
    sources = [np.random.default_rng([seed, length]) for seed in settings["seeds"]]
    while True:
        chosen = np.stack([source.choice(len(images), settings["batch"], replace=False) for source in sources])
        yield images[chosen], classes[chosen]


def cross_entropy(logits, classes):
    """(mean loss of every run, its slope in the logits S x classes x B); ``classes`` are S x B."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    powers = np.exp(shifted)
    total = powers.sum(axis=1, keepdims=True)
    wanted = np.moveaxis(np.eye(CLASSES, dtype=logits.dtype)[classes], 2, 1)
    return (np.log(total[:, 0]) - (shifted * wanted).sum(axis=1)).mean(axis=1), (powers / total - wanted) / logits.shape[2]
