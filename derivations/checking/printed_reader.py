"""LaTeX of a formula -> tree, by the conventions of a human reader.

Powers and transposes bind tightest, then juxtaposition, then the elementwise product, then the body of a sum or product
sign, then + and -. What is not printed (braces, spacing, the size of a bracket) groups nothing.
"""

from fractions import Fraction

from derivations.checking.printed_constructs import CONSTRUCTS, bracketed, primes
from derivations.checking.printed_tokens import Tokens

RELATIONS = frozenset(r"= := < > \le \leq \ge \geq \approx".split())
ENDS = RELATIONS | frozenset(r"+ - \odot ) } , & \\ \rangle \end{pmatrix}".split()) | {""}
GREEK = frozenset(r"\alpha \beta \gamma \delta \epsilon \varepsilon \eta \theta \kappa \lambda \mu \nu \rho \sigma \tau \omega".split())
FUNCTIONS = {r"\phi": "phi", r"\tanh": "tanh", r"\log": "log", r"\exp": "exp", r"\sigma": "sigmoid", r"\operatorname{rsqrt}": "rsqrt", r"\operatorname{ReLU}": "relu"}
OPERATORS = {r"\operatorname{diag}": "diag", r"\operatorname{softmax}": "softmax"}


def parse(latex, parameters, families):
    """(left, relation, right) of a formula: two trees and the sign between them."""
    reader = _Reader(latex, parameters, families)
    sides = reader.sum(), reader.take(RELATIONS, "a relation sign"), reader.sum()
    if reader.next:
        reader.refuse("the formula should end here: it has one relation sign, and every bracket has a partner")
    return sides


class _Reader(Tokens):
    """One method for each construct; from loose to tight: sum, elementwise, juxtaposed, factor, primary."""

    def __init__(self, latex, parameters, families):
        super().__init__(latex)
        self.parameters, self.families = parameters, families

    def sum(self):
        first, signs = self.at, ("+", "-")
        terms = [(self.take(signs) if self.next in signs else "+", self.elementwise())]
        while self.next in signs:
            terms.append((self.take(signs), self.elementwise()))
        return terms[0][1] if len(terms) == 1 and terms[0][0] == "+" else self.node("sum", first, *terms)

    def elementwise(self):
        first, value = self.at, self.juxtaposed()
        while self.skip(r"\odot"):
            value = self.node("elementwise", first, value, self.juxtaposed())
        return value

    def juxtaposed(self):
        first, factors = self.at, [self.factor()]
        while self.next not in ENDS:
            if self.next[0].isdigit() and self.previous[0].isdigit() and factors[-1].kind == "number":
                self.refuse(r"two numerals in a row are printed as one; write \cdot between them")
            if self.next in (r"\cdot", r"\times"):
                self.at += 1
            factors.append(self.factor())
        return factors[0] if len(factors) == 1 else self.node("product", first, *factors)

    def factor(self):
        """A primary with at most one superscript: a transpose or a power."""
        first, value = self.at, self.primary()
        if not self.skip("^"):
            return value
        if self.next == r"\top":
            self.at += 1
            value = self.node("transpose", first, value)
        elif self.next == "{" and self.tokens[self.at + 1][0] == r"\top":
            self.at += 2
            self.take("}")
            value = self.node("transpose", first, value)
        elif self.tokens[first][0] == r"\mathrm{d}":
            self.refuse("the differential of a power and the power of a differential look alike; write brackets")
        else:
            value = self.node("power", first, value, self.script())
        if self.next in ("^", "'", "_"):
            self.refuse("another script on the same symbol; a subscript comes first, and a second superscript needs brackets")
        return value

    def script(self):
        """The expression in a subscript or superscript: in braces, or one letter or digit."""
        if self.skip("{"):
            return self.closed(self.sum(), "}")
        self.expect_one_character()
        return self.primary(scripts=False)

    def expect_one_character(self):
        if len(self.next) != 1 or not self.next.isalnum():
            self.refuse("a script without braces is one letter or one digit")

    def closed(self, value, bracket):
        self.take(bracket, f"{bracket}, which closes a bracket,")
        return value

    def primary(self, scripts=True):
        first, token = self.at, self.next
        if token in ENDS:
            self.refuse(f"a quantity is expected here, and {token or 'the end'} stands here")
        if token in GREEK or (token.isascii() and token.isalpha()):
            if token not in FUNCTIONS or self.tokens[self.at + 1][0] not in ("(", "^", "'"):
                return self.symbol(scripts)
        self.at += 1
        if token[0].isdigit():
            return self.node("number", first, Fraction(token))
        if token in FUNCTIONS:
            return self.node("map", first, FUNCTIONS[token], primes(self), bracketed(self))
        if token in OPERATORS:
            return self.node(OPERATORS[token], first, bracketed(self))
        if token in CONSTRUCTS:
            return CONSTRUCTS[token](self, first)
        self.at = first
        return self.refuse(f"{token} is not a sign that this reader knows")

    def symbol(self, scripts=True):
        """A parameter, a member of a family, the loss (all three a leaf), the identity, or the name of a number."""
        first, letter = self.at, self.next.lstrip("\\")
        self.at += 1
        if scripts and self.skip("_"):
            if letter in self.families:
                return self.node("leaf", first, letter, self.script())
            member = self.named_family(letter)
            if member:
                return self.node("leaf", first, member, self.closed(self.sum(), "}"))
            name = f"{letter}_{self.label()}"
            return self.node("leaf", first, name, None) if name in self.parameters else self.node("name", first, name)
        if letter in self.families:
            self.refuse(f"{letter} is a family: its time index is expected here")
        if letter == "I" and letter not in self.parameters:
            return self.node("identity", first)
        return self.node("leaf", first, letter, None) if letter == "L" or letter in self.parameters else self.node("name", first, letter)

    def named_family(self, letter):
        """The family ``a_f`` of a member a_{f,t}, up to its comma; None where the subscript says something else."""
        if self.next != "{" or self.at + 2 >= len(self.tokens) or self.tokens[self.at + 2][0] != ",":
            return None
        name = f"{letter}_{self.tokens[self.at + 1][0]}"
        if name not in self.families:
            return None
        self.at += 3
        return name

    def label(self):
        """A subscript that is part of a name, as text."""
        if not self.skip("{"):
            self.expect_one_character()
            self.at += 1
            return self.previous
        first = self.at
        while self.next not in ("}", ""):
            self.at += 1
        self.take("}")
        return "".join(token for token, _, _ in self.tokens[first : self.at - 1])
