"""The forward models of the site: the only place where a network is typed in. One family of networks a module."""

from derivations.models.convolution import CONVOLUTION, STRIDED
from derivations.models.feedforward import FEEDFORWARD
from derivations.models.gated import GRU, GRU_AFTER, LSTM, STATE_RNN
from derivations.models.normalization import LAYER_NORM, RMS_NORM
from derivations.models.regularizer import REGULARIZER
from derivations.models.residual import RESIDUAL
from derivations.models.rnn import LINEAR_RNN, TANH_RNN, TANH_RNN_LAST

MODELS = {model.name: model for model in (LINEAR_RNN, TANH_RNN, TANH_RNN_LAST, FEEDFORWARD, RESIDUAL, LAYER_NORM, RMS_NORM, LSTM, GRU, GRU_AFTER, STATE_RNN, REGULARIZER, CONVOLUTION, STRIDED)}
