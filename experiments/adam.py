"""Adam (Kingma & Ba 2015) with clipping of the global norm, for several runs at once."""

import numpy as np


class Adam:
    """Steps for a dict of arrays with a leading axis of runs; every run is clipped by its own global norm."""

    def __init__(self, rate, clip=None, beta1=0.9, beta2=0.999, epsilon=1e-8):
        self.rate, self.clip, self.beta1, self.beta2, self.epsilon = rate, clip, beta1, beta2, epsilon
        self.count, self.mean, self.square = 0, {}, {}

    def step(self, parameters, gradients):
        """Change the parameters in place."""
        self.count += 1
        factor = self._factor(gradients)
        for name, gradient in gradients.items():
            gradient = gradient * factor
            self.mean[name] = self.beta1 * self.mean.get(name, 0) + (1 - self.beta1) * gradient
            self.square[name] = self.beta2 * self.square.get(name, 0) + (1 - self.beta2) * gradient**2
            mean, square = self.mean[name] / (1 - self.beta1**self.count), self.square[name] / (1 - self.beta2**self.count)
            parameters[name] -= self.rate * mean / (np.sqrt(square) + self.epsilon)

    def _factor(self, gradients):
        if self.clip is None:
            return 1.0
        norm = np.sqrt(sum((gradient**2).sum(axis=(1, 2), keepdims=True) for gradient in gradients.values()))
        return np.minimum(1, self.clip / np.maximum(norm, 1e-300))
