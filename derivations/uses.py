"""Which results a derivation uses: read off its lines, so that nobody has to be believed.

Three things are recorded. A line that says what another result says, as an instance of it, quotes that result. A line with
an inner product ⟨∂L/∂u, …⟩ is the adjoint engine's share of the equation of u, hence uses the definition of u (and a line
of the differential of the loss, the definition of the loss). And what a topic declares beyond that must leave a trace: an
instance of one side of the declared result, or of its transpose, in that derivation. ``traceless`` names those that do not.
"""

from functools import lru_cache

from sympy import Basic, Expr, MatMul, MatrixExpr, MatrixSymbol, Symbol, Transpose, expand

from derivations.algebra import terms as a
from derivations.algebra.adjoint import LOSS


def uses(entry, known):
    """Slugs of the results in ``known`` ({slug: entry}) that the entry uses: declared, quoted or differentiated, each once."""
    declared = (*entry.uses, *(slug for step in entry.steps for slug in step.uses))
    found = [slug for slug, other in known.items() if other.statement != entry.statement and (_differentiated(other, entry) or any(_quoted(other, step.statement) for step in entry.steps))]
    return tuple(slug for slug in dict.fromkeys((*declared, *found)) if slug != entry.slug)


def traceless(entry, known):
    """The declared slugs of which neither side, nor its transpose, occurs in any line of the derivation."""
    lines = [side for step in entry.steps for side in (step.statement.left, step.statement.right)]
    declared = dict.fromkeys((*entry.uses, *(slug for step in entry.steps for slug in step.uses)))
    return tuple(slug for slug in declared if not any(True for side in _traces(known[slug]) for line in lines for _ in _inside(side, line, _variables(known[slug]))))


def _traces(other):
    """What shows that a result was used: its sides, their transposes, and what stands under a sum on the right."""
    sides = [other.statement.left, other.statement.right]
    sides += [x.body for x in sides if isinstance(x, a.TimeSum)]
    return sides + [a.transpose(x) for x in sides if isinstance(x, MatrixExpr)]


def _differentiated(other, entry):
    """The engine took the differential of the equation that ``other`` defines."""
    if other.kind != "definition" or entry.model is None or other.model is not entry.model or not entry.steps or entry.steps[0].statement.left != a.Diff(LOSS):
        return False
    shares = [node for step in entry.steps[:1] for node in a.walk(step.statement.right) if isinstance(node, a.Inner) and isinstance(node.args[0], a.Grad)]
    if other.statement.left != LOSS:
        return any(getattr(share.args[0].of, "name", None) == other.statement.left.name for share in shares)
    of = entry.statement.left.of
    return any(getattr(node, "name", None) == of.name for node in a.walk(entry.model.loss))


def _quoted(other, line):
    """The line is an instance of the result's statement."""
    said = other.statement
    return line.relation == said.relation and any(True for one in _matches(said.left, line.left, _variables(other), {}) for _ in _matches(said.right, line.right, _variables(other), one))


def _variables(entry):
    """What an instance may put something else for: time variables, and the scalars and matrices that the entry declares."""
    return frozenset({r.variable for r in entry.domain} | {d.term for d in entry.declared if isinstance(d.term, (Symbol, MatrixSymbol))})


def _inside(pattern, term, variables):
    """Every substitution that makes the pattern a part of the term; a product may be a run of factors of a longer one."""
    pattern, term = _spread(pattern), _spread(term)
    yield from _matches(pattern, term, variables, {})
    if isinstance(pattern, MatMul) and isinstance(term, MatMul):
        for start in range(len(term.args) - len(pattern.args) + 1):
            yield from _all(pattern.args, term.args[start : start + len(pattern.args)], variables, {})
    if not isinstance(term, (a.Slot, MatrixSymbol)):
        for part in term.args:
            yield from _inside(pattern, part, variables)


def _matches(pattern, term, variables, env):
    """Substitutions, beyond ``env``, that make the pattern equal to the term."""
    pattern, term = _spread(pattern), _spread(term)
    if pattern in variables:
        if pattern in env:
            yield from [env] if _same(env[pattern], term) else []
        elif isinstance(term, Expr) and isinstance(term, MatrixExpr) == isinstance(pattern, MatrixExpr):
            yield env | {pattern: term}
    elif isinstance(pattern, a.Binder) and type(pattern) is type(term):
        mark = Symbol(f"_b{len(env)}", integer=True)
        bodies = [a.substitute(x.body, {x.variable: mark}) for x in (pattern, term)]
        yield from _all((pattern.first, pattern.last, bodies[0]), (term.first, term.last, bodies[1]), variables, env)
    elif not pattern.args or isinstance(pattern, MatrixSymbol):
        yield from [env] if pattern == term else []
    elif pattern.is_Add and not isinstance(pattern, MatrixExpr):
        yield from _index(pattern, term, variables, env)
    elif type(pattern) is type(term) and len(pattern.args) == len(term.args):
        yield from _all(pattern.args, term.args, variables, env)


def _index(pattern, term, variables, env):
    """v + c against an index: the one variable that is still open is solved for."""
    if not isinstance(term, Expr) or isinstance(term, MatrixExpr):
        return
    known = expand(pattern.xreplace({v: x for v, x in env.items() if isinstance(v, Symbol)}))
    open_ = sorted(known.free_symbols & variables - set(env), key=str)
    if not open_:
        yield from [env] if expand(known - term) == 0 else []
    elif len(open_) == 1 and abs(slope := known.coeff(open_[0])) == 1:
        yield env | {open_[0]: expand((term - known) * slope + open_[0])}


def _all(patterns, terms, variables, env):
    """Substitutions that match every pair in turn."""
    if not patterns:
        yield env
        return
    for one in _matches(patterns[0], terms[0], variables, env):
        yield from _all(patterns[1:], terms[1:], variables, one)


def _same(left, right):
    scalars = not isinstance(left, MatrixExpr) and not isinstance(right, MatrixExpr)
    return left == right or scalars and expand(left - right) == 0


@lru_cache(maxsize=None)
def _spread(term):
    """Products without products inside, transposes at the factors: (A B)ᵀ is Bᵀ Aᵀ; diagonal matrices need none."""
    if isinstance(term, Transpose) and isinstance(term.arg, a.Diag):
        return term.arg
    if isinstance(term, Transpose) and isinstance(term.arg, MatMul):
        return _spread(MatMul(*(a.transpose(f) if isinstance(f, MatrixExpr) else f for f in reversed(term.arg.args))))
    if isinstance(term, MatMul):
        flat = [piece for factor in map(_spread, term.args) for piece in (factor.args if isinstance(factor, MatMul) else (factor,))]
        return MatMul(*flat) if tuple(flat) != term.args else term
    return term if isinstance(term, Basic) else a.sympify(term)
