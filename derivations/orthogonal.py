"""Orthogonal recurrent weights: how to build them, and that they keep every length."""

import random

from sympy import Identity, ImmutableMatrix, Integer, Inverse, MatrixSymbol, eye, oo

from derivations.algebra import typeset_scalars  # noqa: F401  (registers the printed forms)
from derivations.algebra.scalars import SpectralNorm, Times
from derivations.algebra.terms import Power, k, product, total, transpose
from derivations.checking.arithmetic import Double, Exact, Extended
from derivations.checking.scalars import Suite, agreement, mutants, random_matrix
from derivations.checking.verdict import Mutant
from derivations.entry import Declared, Entry, Range, Statement, Step
from derivations.models.rnn import SIZES, n
from derivations.text import Text

S, W, v = MatrixSymbol("S", n, n), MatrixSymbol("W", n, n), MatrixSymbol("v", n, 1)
SIZE = Declared(n, SIZES[n])


def cayley(of):
    """(I − S)(I + S)⁻¹."""
    return product(total(Identity(n), product(Integer(-1), of)), Inverse(total(Identity(n), of)))


def _points(seed):
    """Skew-symmetric matrices with rational entries."""
    draw, found = random.Random(seed), []
    for size in (2, 3, 4, 5, 5):
        drawn = random_matrix(draw, size, size)
        found.append({S: ImmutableMatrix(drawn - drawn.T), "size": size})
    return tuple(found)


def _rotations():
    """Orthogonal matrices with rational entries, a vector and a number of factors."""
    draw, found = random.Random(921), []
    for size, power in ((2, 1), (2, 7), (3, 2), (3, 12), (4, 5)):
        skewed = random_matrix(draw, size, size)
        skewed = skewed - skewed.T
        rotation = ImmutableMatrix((eye(size) - skewed) * (eye(size) + skewed).inv())
        found.append({W: rotation, v: random_matrix(draw, size, 1), k: Integer(power), "size": size})
    return tuple(found)


def entries():
    """The published results of this topic, in the order of the page."""
    return (built(), kept())


def built():
    whole = cayley(S)
    statement = Statement(product(transpose(whole), whole), "=", Identity(n))
    wrong = mutants(statement, twice=product(Integer(2), Identity(n)), itself=whole) + tuple(
        Mutant(name, Statement(product(transpose(term), term), "=", Identity(n)))
        for name, term in (("squared", cayley(product(S, S))), ("symmetric in place of skew", cayley(product(S, transpose(S)))), ("inverse forgotten", total(Identity(n), product(Integer(-1), S)))))
    steps = (Step(Statement(transpose(whole), "=", product(Inverse(total(Identity(n), product(Integer(-1), S))), total(Identity(n), S))), Text("Transposing exchanges I + S and I − S.", "转置使 I + S 与 I − S 互换。")),
             Step(statement, Text("The two commute, and all four factors cancel. I + S can be inverted, since the eigenvalues of S are imaginary.", "两者可交换，四个因子全部约去。S 的特征值是纯虚数，所以 I + S 可逆。")))
    return Entry("V920", "orthogonal.cayley", "identity", Text("The Cayley transform of a skew-symmetric matrix is orthogonal", "反对称矩阵的凯莱变换是正交矩阵"), statement, Suite((agreement("exact multiplication", Exact, _points(920)), agreement("NumPy", Double, _points(922), 1e-9)), wrong),
                 declared=(Declared(S, Text("a skew-symmetric matrix: half of its entries are free parameters", "反对称矩阵：一半的元素是自由参数"), (n, n)), SIZE), assumptions=(Text("Sᵀ = −S.", "Sᵀ = −S。"),), steps=steps)


def kept():
    statement = Statement(SpectralNorm(product(Power(W, k), v)), "=", SpectralNorm(v))
    wrong = mutants(statement, twice=Times(2, SpectralNorm(v)), squared=SpectralNorm(v) ** 2, norm_of_W=SpectralNorm(W), counted=Times(k, SpectralNorm(v)))
    steps = (Step(statement, Text("One factor keeps the length, since ‖Wv‖² = vᵀWᵀWv = ‖v‖²; so does each further one.", "一个因子保持长度，因为 ‖Wv‖² = vᵀWᵀWv = ‖v‖²；以后每个因子也是如此。")),)
    return Entry("V921", "orthogonal.kept", "identity", Text("An orthogonal matrix keeps every length, however often it acts", "正交矩阵无论作用多少次，都保持任何长度"), statement, Suite((agreement("values with 60 digits", Extended, _rotations(), 1e-50), agreement("NumPy", Double, _rotations(), 1e-9)), wrong), domain=(Range(k, Integer(0), oo),),
                 declared=(Declared(k, Text("number of factors", "因子的个数")), Declared(W, Text("an orthogonal matrix", "正交矩阵"), (n, n)), Declared(v, Text("any vector", "任意向量"), (n, 1)), SIZE), assumptions=(Text("WᵀW = I.", "WᵀW = I。"),), steps=steps)
