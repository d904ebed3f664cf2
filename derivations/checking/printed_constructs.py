"""The constructs that begin with a sign of their own: fractions, derivatives, sums, ordered products, brackets, matrices.

Each function takes the reader, which has passed the sign, and the number of the sign's token.
"""

DOTS = frozenset(r"\ldots \dots \cdots".split())


def primes(reader):
    """How often a function is differentiated, by the primes after it."""
    order = 0
    while reader.skip("'"):
        order += 1
    if not reader.skip("^"):
        return order
    braced = reader.skip("{")
    reader.take(r"\prime")
    order += 1
    while braced and not reader.skip("}"):
        reader.take(r"\prime")
        order += 1
    return order


def bracketed(reader):
    """What stands in parentheses after a function."""
    reader.take("(")
    return reader.closed(reader.sum(), ")")


def group(reader, first):
    """Braces cannot be seen, so they hold one symbol and no more."""
    value = reader.primary()
    if value.kind not in ("leaf", "name", "identity", "number") or reader.next != "}":
        reader.at = first
        reader.refuse("braces are not printed, so they group nothing; write brackets")
    return reader.closed(value, "}")


def pair(reader, closing):
    left = reader.sum()
    reader.take(",", "a comma")
    return left, reader.closed(reader.sum(), closing)


def inner(reader, first):
    return reader.node("inner", first, *pair(reader, r"\rangle"))


def loss(reader, first):
    reader.take("(")
    return reader.node("loss", first, *pair(reader, ")"))


def leaf(reader):
    first, value = reader.at, reader.primary()
    if value.kind != "leaf":
        reader.at = first
        reader.refuse("the loss, a parameter or a member of a family is expected here")
    return value


def differential(reader, first):
    return reader.node("diff", first, leaf(reader))


def fraction(reader, first):
    reader.take("{")
    if reader.skip(r"\partial"):
        return derivative(reader, first)
    top = reader.closed(reader.sum(), "}")
    reader.take("{")
    return reader.node("fraction", first, top, reader.closed(reader.sum(), "}"))


def derivative(reader, first):
    start = reader.at
    of = loss(reader, start) if reader.skip(r"\ell") else leaf(reader)
    for token in ("}", "{", r"\partial"):
        reader.take(token)
    by = reader.closed(leaf(reader), "}")
    if of.kind == "loss":
        if of.parts[0] != by:
            reader.at = start
            reader.refuse("the loss of a time step is differentiated by its first argument")
        return reader.node("slope", first, *of.parts)
    return reader.node("grad", first, by) if of.parts[0] == "L" else reader.node("jac", first, of, by)


def index(reader):
    """The beginning of a subscript of a sum or product sign: the index and its first value."""
    reader.take("_")
    reader.take("{")
    name = reader.symbol(scripts=False)
    if name.kind != "name":
        reader.refuse("the index of a sum or product is a letter that names nothing else")
    reader.take("=")
    return name.parts[0], reader.sum()


def total(reader, first):
    variable, start = index(reader)
    reader.take("}")
    reader.take("^")
    return reader.node("total", first, variable, start, reader.script(), reader.elementwise())


def ordered(reader, first):
    variable, start = index(reader)
    reader.take(",", "the order of the factors, as in j=k,\\ldots,t+1,")
    reader.take(DOTS, r"\ldots")
    reader.take(",")
    return reader.node("ordered", first, variable, start, reader.closed(reader.sum(), "}"), reader.elementwise())


def written_out(reader, first):
    rows = []
    while not rows or reader.skip(r"\\"):
        row = [reader.sum()]
        while reader.skip("&"):
            row.append(reader.sum())
        rows.append(tuple(row))
    if len({len(row) for row in rows}) > 1:
        reader.refuse("the rows of this matrix differ in length")
    reader.take(r"\end{pmatrix}")
    return reader.node("written out", first, *rows)


def root(reader, first):
    """A square root; unlike the braces that group, those of a root are seen, as the bar above it."""
    reader.take("{")
    return reader.node("map", first, "sqrt", 0, reader.closed(reader.sum(), "}"))


def ones(reader, first):
    """The column of ones; a subscript says how long it is."""
    return reader.node("ones_of", first, reader.script()) if reader.skip("_") else reader.node("ones", first)


CONSTRUCTS = {
    "(": lambda reader, first: reader.closed(reader.sum(), ")"), "{": group, r"\langle": inner, r"\ell": loss, r"\frac": fraction, r"\sum": total, r"\prod": ordered,
    r"\mathrm{d}": differential, r"\begin{pmatrix}": written_out, r"\mathbf{1}": ones, r"\sqrt": root,
}  # fmt: skip
