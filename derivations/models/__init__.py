"""The forward models of the site: the only place where a network is typed in. One family of networks a module."""

from derivations.models.blocks import POST_NORM, PRE_NORM
from derivations.models.attention import HEAD
from derivations.models.convolution import CONVOLUTION, IMAGE, STRIDED
from derivations.models.feedforward import FEEDFORWARD
from derivations.models.gated import GRU, GRU_AFTER, LSTM, LSTM_PEEPHOLE, STATE_RNN
from derivations.models.highway import DENSE, HIGHWAY, POST
from derivations.models.linear_recurrence import DIAGONAL, DIAGONAL_EXP, SELECTIVE
from derivations.models.normalization import LAYER_NORM, RMS_NORM, UNFOLDED_NORM
from derivations.models.paths import ATTENTION, FREE_RUNNING, SKIP_RNN, TEACHER_FORCED
from derivations.models.pooling import AVERAGE, MAXIMUM
from derivations.models.regularizer import REGULARIZER
from derivations.models.residual import RESIDUAL
from derivations.models.rnn import LINEAR_RNN, TANH_RNN, TANH_RNN_LAST
from derivations.models.weight_norm import WEIGHT_NORM

MODELS = {model.name: model for model in (LINEAR_RNN, TANH_RNN, TANH_RNN_LAST, FEEDFORWARD, RESIDUAL, HIGHWAY, POST, DENSE, LAYER_NORM, RMS_NORM,
                                          UNFOLDED_NORM, WEIGHT_NORM, LSTM, LSTM_PEEPHOLE, GRU, GRU_AFTER, STATE_RNN, DIAGONAL, DIAGONAL_EXP, SELECTIVE,
                                          REGULARIZER, CONVOLUTION, STRIDED, SKIP_RNN, FREE_RUNNING, TEACHER_FORCED, ATTENTION, IMAGE, AVERAGE, MAXIMUM,
                                          POST_NORM, PRE_NORM, HEAD)}
