from importlib.resources import files

import jsonschema
import pytest
import yaml

from studydl.cards.format import schema_text

VALIDATOR = jsonschema.Draft202012Validator


@pytest.fixture(scope="module")
def schema():
    return yaml.safe_load(files("studydl.cards").joinpath("schema.json").read_text("utf-8"))


def test_the_published_schema_is_the_one_of_the_reader(schema):
    published = files("studydl.cards").joinpath("schema.json").read_text("utf-8")
    assert published == schema_text()
    VALIDATOR.check_schema(schema)


ACCEPTED = [
    ("", ""),
    ("value: 0.25", "value: 1e-3"),
    ("value: 0.25", 'value: "1/4"'),
    ("value: 0.25", "value: -3"),
    (", tolerance: 0.005", ""),
    (", unit: {en: per unit, zh: 每单位}", ""),
    ('notes: "1.3"', 'notes: "O.1"'),
    ("    requires: [sigmoid-definition]\n", ""),
    ("    tags: [gradient, saturation]\n", "    tags: []\n"),
    (
        "- {text: {en: '$s$'",
        "- {text: {en: x, zh: 甲}, misconception: other}\n        - {text: {en: '$s$'",
    ),
]

REFUSED = [
    ("chapter: activations", "chapter: My Activations"),
    ("chapter: activations\n", ""),
    ("title: {en: Activation functions, zh: 激活函数}\n", ""),
    (", zh: 激活函数", ""),
    ("cards:", "card:"),
    ("title:", "author: me\ntitle:"),
    ('notes: "1.3"', "notes: 1.3"),
    ('notes: "1.3"', 'notes: "one"'),
    ('    notes: "1.3"\n', ""),
    ("id: sigmoid-definition", "id: Sigmoid"),
    ("id: sigmoid-definition", "id: sigmoid_definition"),
    ("'逻辑 sigmoid 如何定义？'", "no"),
    ("'逻辑 sigmoid 如何定义？'", "12"),
    ("'逻辑 sigmoid 如何定义？'", "~"),
    ("'逻辑 sigmoid 如何定义？'", "''"),
    ("'逻辑 sigmoid 如何定义？'", "'  '"),
    ("'逻辑 sigmoid 如何定义？'", "[x]"),
    ("'逻辑 sigmoid 如何定义？'", "2024-01-02"),
    ("如何定义？'}", "如何定义？', fr: x}"),
    ("kind: recall", "kind: essay"),
    ("kind: recall, ", ""),
    ("kind: recall, text", "kind: recall, value: 1, text"),
    ("value: 0.25, ", ""),
    ("value: 0.25", "value: [1]"),
    ("value: 0.25", "value: no"),
    ("tolerance: 0.005", "tolerance: 0"),
    ("tolerance: 0.005", "tolerance: -1"),
    ("claim: activations.sigmoid-range", "claim: sigmoid-range"),
    ("    claim: activations.sigmoid-range\n", ""),
    ('["Goodfellow et al. 2016, section 3.10"]', "[]"),
    ('["Goodfellow et al. 2016, section 3.10"]', "Goodfellow"),
    ("requires: [sigmoid-definition]", "requires: [a, a]"),
    ("tags: [gradient, saturation]", "tags: [A b]"),
    ("derivation:", "derivations:"),
    ("- {text: {en: '$s$', zh: '$s$'}, misconception: forgot-one-minus}", ""),
    (", misconception: forgot-one-minus", ""),
    (
        "- {text: {en: '$s$'",
        "- {text: {en: x, zh: 甲}, misconception: other}\n        " * 4 + "- {text: {en: '$s$'",
    ),
]


def _accepts(schema, text):
    return VALIDATOR(schema).is_valid(yaml.load(text, _WithoutDates))  # noqa: S506 - a SafeLoader


class _WithoutDates(yaml.SafeLoader):
    """Editors validate dates as what JSON can hold, and it holds none."""


_WithoutDates.add_constructor(
    "tag:yaml.org,2002:timestamp", lambda loader, node: {"date": loader.construct_scalar(node)}
)


@pytest.mark.parametrize(("old", "new"), ACCEPTED)
def test_schema_and_reader_accept_the_same(schema, good, read, old, new):
    assert old in good
    text = good.replace(old, new, 1)
    assert read(text).problems == ()
    assert _accepts(schema, text)


@pytest.mark.parametrize(("old", "new"), REFUSED)
def test_schema_and_reader_refuse_the_same(schema, good, read, old, new):
    assert old in good
    text = good.replace(old, new, 1)
    assert text != good
    assert read(text).problems
    assert not _accepts(schema, text)
