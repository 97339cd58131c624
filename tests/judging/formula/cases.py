"""What typed formulas are judged to be: the table that the grader is graded by.

A row is (answer, model, names, verdict, note). Names are ``x real`` for a variable and
``s = 1/(1+e^-x)`` for an abbreviation, separated by semicolons; every function may be used.
"""

from typing import NamedTuple

from studydl.cards import Formula, Variable
from studydl.cards.expressions import BASE, FUNCTIONS


class Case(NamedTuple):
    answer: str
    model: str
    names: str
    verdict: str
    note: str


def formula_of(model, names="", **more):
    """A formula card's answer in the names of a row."""
    variables = []
    for told in filter(None, map(str.strip, names.split(";"))):
        if "=" in told:
            name, meaning = told.split("=")
            variables.append(Variable(name.strip(), meaning=meaning.strip()))
        else:
            variables.append(Variable(*told.split(maxsplit=1)))
    return Formula(model, tuple(variables), tuple(set(FUNCTIONS) - BASE), **more)


X, XY, XYZ = "x real", "x real; y real", "x real; y real; z real"
B, POS, NEG, NON = "b real", "b positive", "b negative", "b nonnegative"
UNIT = "p (0, 1)"
SIG = "x real; s = 1/(1+e^-x)"
ADAM = "m real; beta_1 (0, 1); t integer"
STEP = "eta positive; g real; v nonnegative; epsilon positive"
N, K = "n integer", "k count"
E, D, U, I = "correct", "wrong", "undecided", "invalid"  # noqa: E741 - the words of the table

CASES = [
    Case(*row)
    for row in [
        # the same, written otherwise
        ("x*2", "2*x", X, E, "factors may be swapped"),
        ("2x", "x+x", X, E, "a coefficient without a sign"),
        ("(x+1)^2", "x^2+2x+1", X, E, "expanded"),
        ("x^2-y^2", "(x-y)(x+y)", XY, E, "factored"),
        ("(x+y)/2", "x/2+y/2", XY, E, "a sum over a common denominator"),
        ("x**3", "x*x*x", X, E, "two signs for a power"),
        ("1/(1+e^(-x))", "e^x/(1+e^x)", X, E, "the sigmoid from both sides"),
        ("sigmoid(x)", "1/(1+exp(-x))", X, E, "a function by its name"),
        ("σ(x)", "1/(1+e^-x)", X, E, "a Greek function"),
        ("tanh(x)", "2*sigmoid(2x)-1", X, E, "SymPy's simplify does not find it"),
        ("2*sigmoid(2x)-1", "tanh(x)", X, E, "nor the other way round"),
        ("log(e^x+e^y)", "x+log(1+e^(y-x))", XY, E, "SymPy's simplify does not find it"),
        ("x+log(1+e^(y-x))", "log(e^x+e^y)", XY, E, "nor the other way round"),
        ("e^-x/(1+e^-x)^2", "s(1-s)", SIG, E, "an abbreviation or what it stands for"),
        ("s(1-s)", "e^-x/(1+e^-x)^2", SIG, E, "and the other way round"),
        ("s-s^2", "s(1-s)", SIG, E, "expanded"),
        ("s*sigmoid(-x)", "s(1-s)", SIG, E, "1 - sigmoid(x) = sigmoid(-x)"),
        ("(1-tanh(x/2)^2)/4", "s(1-s)", SIG, E, "by tanh"),
        ("1-tanh(x)^2", "4/(e^x+e^-x)^2", X, E, "the slope of tanh"),
        ("1/cosh(x)^2", "1-tanh(x)^2", X, E, "by cosh"),
        ("1-tanh(5x)^2", "1/cosh(5x)^2", X, E, "cancels to nothing far out"),
        ("sin(x)^2+cos(x)^2", "1", X, E, "a constant in disguise"),
        ("softplus(x)", "log(1+e^x)", X, E, "softplus by its name"),
        ("x+softplus(-x)", "softplus(x)", X, E, "softplus reflected"),
        ("-log(sigmoid(x))", "softplus(-x)", X, E, "the logistic loss"),
        ("erf(-x)", "-erf(x)", X, E, "an odd function"),
        ("x^0.5", "sqrt(x)", "x positive", E, "a root as a power"),
        ("√x", "sqrt(x)", "x positive", E, "a root by its sign"),
        ("x^(1/3)*x^(2/3)", "x", "x positive", E, "powers add"),
        ("log(x*y)", "log(x)+log(y)", "x positive; y positive", E, "the logarithm of a product"),
        ("log(x^2)", "2*log(x)", "x positive", E, "of a power"),
        ("exp(x*log(2))", "2^x", X, E, "another base"),
        ("0.1+0.2", "0.3", "", E, "decimals are exact"),
        ("1/3", "0.333333333333333", "", D, "and so is what is cut off"),
        ("0.5", "1/2", "", E, "a decimal of a fraction"),
        ("1e-8", "1/10^8", "", E, "scientific notation"),
        ("4!", "24", "", E, "a factorial"),
        ("n!", "n*(n-1)!", N, E, "a recursion"),
        ("(n+1)!/n!", "n+1", N, E, "factorials cancel"),
        ("π", "pi", "", E, "a Greek constant"),
        ("e", "exp(1)", "", E, "a constant"),
        ("ｘ＋１", "x+1", X, E, "full-width characters of an input method"),
        ("x·2", "2x", X, E, "a raised dot"),
        ("x²", "x^2", X, E, "a raised digit"),
        ("x − 1", "x-1", X, E, "a typographic minus"),
        # signs, factors, terms
        ("-s(1-s)", "s(1-s)", SIG, D, "a sign"),
        ("s", "s(1-s)", SIG, D, "a missing factor"),
        ("1-s", "s(1-s)", SIG, D, "the other missing factor"),
        ("s(1+s)", "s(1-s)", SIG, D, "a sign inside"),
        ("2s(1-s)", "s(1-s)", SIG, D, "a constant factor"),
        ("1-s^2", "s(1-s)", SIG, D, "the slope of tanh instead"),
        ("x-y", "y-x", XY, D, "swapped"),
        ("x/y", "y/x", XY, D, "a reciprocal"),
        ("x^2", "x^3", X, D, "another power, equal at 0 and 1"),
        ("2^x", "x^2", X, D, "equal at 2 and 4"),
        ("x+1", "x", X, D, "a constant more"),
        ("e^x-1", "x", X, D, "equal at 0 only"),
        ("1000001*x", "1000000*x", X, D, "a millionth off"),
        ("x+1/10^9", "x", X, D, "a billionth off"),
        ("x+1/10^15", "x", X, D, "less than a float holds beside 1"),
        ("3.14159265358979", "pi", "", D, "pi is no decimal"),
        ("22/7", "pi", "", D, "nor this fraction"),
        ("2.718281828", "e", "", D, "nor is e"),
        ("-x^2", "(-x)^2", X, D, "the sign binds weaker than the power"),
        ("1/2x", "1/(2x)", X, D, "read as half of x, as it is shown while typing"),
        # tiny and huge values are compared by their own scale
        ("1/2004!", "1/2006!", "", D, "both are nearly zero"),
        ("1/2006!", "1/2004!", "", D, "and the other way round"),
        ("1/2005!", "1/2005!", "", E, "the same tiny number"),
        ("1/(2005*2004!)", "1/2005!", "", E, "beyond every float, and equal"),
        ("2004!", "2006!", "", D, "huge ones"),
        ("1/2^99", "1/2^98", "", D, "a factor of two"),
        ("10^-300", "10^-301", "", D, "a power of ten"),
        ("e^(-x^2)", "e^(-x^2)+e^(-50)", X, D, "a small constant shows far out"),
        # what the variables stand for decides
        ("sqrt(b^2)", "b", B, D, "a root is not negative"),
        ("sqrt(b^2)", "b", POS, E, "equal if b > 0 is declared"),
        ("sqrt(b^2)", "b", NON, E, "and if b ≥ 0 is"),
        ("sqrt(b^2)", "b", NEG, D, "never equal for b < 0"),
        ("sqrt(b^2)", "-b", NEG, E, "there it is -b"),
        ("sqrt(b^2)", "|b|", B, E, "the absolute value everywhere"),
        ("b", "|b|", B, D, "differs for negative b"),
        ("b", "|b|", POS, E, "not for positive"),
        ("log(b^2)", "2*log(|b|)", B, E, "with the absolute value"),
        ("(-1)^n*(-1)^n", "1", N, E, "for whole numbers"),
        ("cos(pi*n)", "(-1)^n", N, E, "likewise"),
        ("sin(pi*k)", "0", K, E, "zero at every count"),
        ("n", "n^2", N, D, "equal at n = 1"),
        ("k", "k^2", K, D, "equal at 0 and 1"),
        ("p", "p^2", UNIT, D, "between 0 and 1"),
        ("sqrt((1-p)^2)", "1-p", UNIT, E, "1 - p is positive there"),
        ("|p-1|", "1-p", UNIT, E, "likewise"),
        ("sqrt((x-1)^2)", "1-x", "x (-1, 1)", E, "an interval of one's own"),
        ("sqrt((x-1)^2)", "1-x", "x (-1, 3)", D, "a wider one"),
        # piecewise, and what only looks like it
        ("relu(x)", "max(0, x)", X, E, "one function, two names"),
        ("relu(x)", "(x+|x|)/2", X, E, "by the absolute value"),
        ("relu(x)", "x", X, D, "differs for negative x"),
        ("relu(x)", "softplus(x)", X, D, "the smooth one"),
        ("relu(x)", "softplus(100x)/100", X, D, "nearly sharp"),
        ("relu(x)", "max(x, 0.01x)", X, D, "the leaky one"),
        ("max(x, 0.01x)", "relu(x)-0.01*relu(-x)", X, E, "the leaky one by parts"),
        ("max(x, y)", "(x+y+|x-y|)/2", XY, E, "the larger of two"),
        ("max(x, y)", "(x+y-|x-y|)/2", XY, D, "that is the smaller"),
        ("min(x, y)", "x+y-max(x, y)", XY, E, "their sum less the larger"),
        ("max(x, y)", "log(e^x+e^y)", XY, D, "the smooth one"),
        ("|x|", "sqrt(x^2+1/1000000)", X, D, "rounded at the kink"),
        ("|x|", "x*sign(x)", X, E, "by the sign"),
        ("sign(x)", "tanh(1000x)", X, D, "a steep one"),
        ("min(max(x, -50), 50)", "x", X, D, "cut off far out"),
        ("max(x-1, 0)-max(x-2, 0)", "min(max(x-1, 0), 1)", X, E, "a ramp"),
        # where there is no value
        ("x^2/x", "x", X, E, "a lone gap is told, not punished"),
        ("(x^2-1)/(x-1)", "x+1", X, E, "likewise"),
        ("sqrt(b)^2", "b", B, D, "no value for every negative b"),
        ("e^log(b)", "b", B, D, "likewise"),
        ("log(b)", "log(|b|)", B, D, "no value where the model has one"),
        ("log(|b|)", "log(b)", B, D, "a value where the model has none"),
        ("log(b^2)/2", "log(b)", B, D, "likewise"),
        ("sqrt(-b)", "log(-b)", POS, U, "undefined at the same points is not equal"),
        ("log(-b)", "1/0", POS, U, "nothing to compare"),
        ("b", "log(-b)", POS, U, "the model has no value anywhere"),
        ("1/0", "b", POS, D, "no value anywhere"),
        ("1/(n-1)", "1", N, D, "one of few whole numbers is no lone gap"),
        ("1/0", "1/(1-1)", "", U, "neither is a number"),
        ("0/0", "1", "", D, "no number at all"),
        ("x^0", "1", "x positive", E, "a power of zero"),
        # formulas of the notes
        ("m/(1-β₁^t)", "m/(1-beta_1^t)", ADAM, E, "Adam's correction"),
        ("m/(1-beta1^t)", "m/(1-beta_1^t)", ADAM, E, "another spelling of the name"),
        ("m/(1-beta_1)", "m/(1-beta_1^t)", ADAM, D, "the step count is lost; equal at t = 1"),
        ("m", "m/(1-beta_1^t)", ADAM, D, "no correction"),
        ("m/(1-t^beta_1)", "m/(1-beta_1^t)", ADAM, D, "base and exponent swapped"),
        ("m/(beta_1^t-1)", "m/(1-beta_1^t)", ADAM, D, "a sign"),
        ("-eta*g/(sqrt(v)+ε)", "-eta*g/(sqrt(v)+epsilon)", STEP, E, "Adam's step"),
        ("-ηg/√(v)+ε", "-eta*g/(sqrt(v)+epsilon)", STEP, D, "a missing bracket"),
        ("-eta*g/sqrt(v+epsilon)", "-eta*g/(sqrt(v)+epsilon)", STEP, D, "epsilon inside the root"),
        ("-eta*g/(v+epsilon)", "-eta*g/(sqrt(v)+epsilon)", STEP, D, "no root"),
        ("e^x/(e^x+e^y+e^z)", "1/(1+e^(y-x)+e^(z-x))", XYZ, E, "softmax"),
        ("e^x/(e^y+e^z)", "1/(1+e^(y-x)+e^(z-x))", XYZ, D, "softmax without its own term"),
        ("n(n+1)/2", "(n^2+n)/2", N, E, "a sum of whole numbers"),
        ("(1-p^n)/(1-p)", "(p^n-1)/(p-1)", f"{UNIT}; {N}", E, "a geometric series"),
        # what cannot be understood costs nothing
        ("", "x", X, I, "nothing"),
        ("x+", "x", X, I, "an operand is missing"),
        ("(x", "x", X, I, "an open bracket"),
        ("x)", "x", X, I, "a bracket too many"),
        ("q", "x", X, I, "a name that the card does not have"),
        ("foo(x)", "x", X, I, "a function that nobody has"),
        ("x==1", "x", X, I, "a comparison"),
        ("x=1", "x", X, D, "a name before the sign is left out"),
        ("9**9**9**9", "x", X, I, "a tower"),
        ("((9**9)**9)**9", "x", X, D, "the tower from the other side has 700 digits"),
        ("(((9**9)**9)**9)**9", "x", X, I, "and one more is too many"),
        ("99999999!", "x", X, I, "a huge factorial"),
        ("3000!!", "x", X, I, "a factorial of a factorial"),
        ("x^(10^10)", "x", X, I, "a huge exponent"),
        ("1e999999999", "x", X, I, "a huge literal"),
        ("nan", "x", X, I, "not a number"),
        ("inf", "x", X, I, "nor a number"),
        ("∞", "x", X, I, "nor by its sign"),
        ("1j", "x", X, I, "an imaginary unit"),
        ("__import__('os').getpid()", "x", X, I, "code"),
        ("().__class__.__mro__", "x", X, I, "more code"),
        ("x.__class__", "x", X, I, "an attribute"),
        ("x[0]", "x", X, D, "brackets of any kind: x times zero"),
        ("lambda: x", "x", X, I, "a keyword"),
        ("(x:=3)", "x", X, I, "an assignment"),
        ("open('/etc/passwd')", "x", X, I, "a file"),
        ("exec", "x", X, I, "a name of Python"),
        ("х", "x", X, I, "a Cyrillic letter that looks like x"),
        ("\N{GREEK CAPITAL LETTER ALPHA}", "x", X, I, "a Greek letter that looks like A"),
        ("x\x00", "x", X, I, "a control character"),
        ("\ud800", "x", X, I, "half a character"),
        ("(" * 5_000 + "x" + ")" * 5_000, "x", X, I, "deep brackets"),
        ("-" * 5_000 + "x", "x", X, I, "many signs"),
        ("x^" * 5_000 + "x", "x", X, I, "a long tower"),
        ("sqrt(" * 3_000 + "x", "x", X, I, "deep calls"),
        ("x+" * 2_000 + "x", "x", X, I, "a long sum"),
        ("1" * 100_000, "x", X, I, "a long number"),
        ("x" * 10_000_000, "x", X, I, "ten megabytes"),
        # what is understood, and would be too much for anybody who computes it out
        ("e^(e^(e^(e^x)))", "x", X, D, "beyond every float almost everywhere"),
        ("((((x^4)^4)^4)^4)^4", "x", X, D, "a power of powers"),
        ("(x+y+z)^60-(z+y+x)^60", "0", XYZ, E, "millions of terms, if it were expanded"),
        (
            "(tanh(x)+tanh(y)+tanh(z))^3",
            "(2/(1+e^(-2x))+2/(1+e^(-2y))+2/(1+e^(-2z))-3)^3",
            XYZ,
            E,
            "SymPy's cancel takes minutes",
        ),
        ("x^x^x^x^x", "x", "x positive", D, "a tower of variables"),
        ("n!^n!", "n", N, D, "grows without bound"),
        ("(n!)!", "n", N, D, "likewise"),
        ("sin(10^15*x)", "sin(x)", X, U, "known limit: more turns than are followed"),
        ("sin(1000*x)", "sin(x)", X, D, "many turns"),
        ("x/10^300*10^300", "x", X, E, "leaves what floats hold, and returns"),
        ("e^x*e^-x", "1", X, E, "likewise far out"),
        ("(e^x)^20/(e^x)^19", "e^x", X, E, "likewise"),
        ("x+1/10^30-1/10^30", "x", X, E, "cancels exactly"),
        ("x+1/10^25", "x", X, D, "seen at zero"),
        ("2^400+1", "2^400", "", E, "known limit: twenty digits are compared"),
    ]
]
