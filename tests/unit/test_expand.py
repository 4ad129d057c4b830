"""Calls in content: what is allowed, what is refused and how, and how `{% if %}` decides."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from balise.expand import CallError, Component, Expander, Slots, check_calls, escape_markdown, secret_word
from balise.markdown import render_markdown
from balise.problems import Location

PLAIN = 'write a call with plain arguments, such as {{ figure("cf-reports-2023") }}'
IDS = "arguments are ids; texts belong in the page, where they are translated"


def shout(id: str, *, size: int = 1) -> str:
    if id == "gone":
        raise CallError("word-unknown", '"gone" does not exist', "say something else")
    return f"{id}!" * size


def card(id: str) -> Component:
    return Component(Markup("<article></article>"), Markup("<b></b>"))


def words(**options: str) -> str:
    return " ".join(f"{key}={value}" for key, value in options.items())


def yes() -> bool:
    return True


def no() -> bool:
    return False


FUNCTIONS = {"shout": shout, "card": card, "words": words, "yes": yes, "no": no}


@pytest.fixture
def expander() -> Expander:
    return Expander(FUNCTIONS)


def refusal(expander: Expander, expression: str) -> tuple[str, str, str]:
    with pytest.raises(CallError) as caught:
        expander.evaluate(expression)
    return caught.value.rule, caught.value.message, caught.value.hint


def expand(text: str) -> str:
    return Expander(FUNCTIONS).expand(text, Slots("bsecret"))


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ('shout("a-b/c.d_e")', "a-b/c.d_e!"),
        ("shout('word')", "word!"),
        ('shout(id="word", size=2)', "word!word!"),
        ('  shout( "word" )  ', "word!"),
        ('words(for="talk", country="BE")', "for=talk country=BE"),
        ("yes()", True),
    ],
)
def test_a_plain_call_gives_its_value(expander: Expander, expression: str, value: object) -> None:
    assert expander.evaluate(expression) == value


@pytest.mark.parametrize("argument", ['"a.b-c/d_e"', " 'a' ", '"gone"', '""', '"a b"', "'a\"", '"à"', '"a', "id"])
def test_the_plainest_calls_are_read_as_the_syntax_tree_has_them(expander: Expander, argument: str) -> None:
    def answer(expression: str) -> object:
        try:
            return expander.evaluate(expression)
        except CallError as refused:
            return refused.rule

    assert answer(f"shout({argument})") == answer(f"shout({argument},)")


def test_what_a_call_shows_is_drawn_when_it_is_shown_and_once() -> None:
    drawn: list[str] = []

    def draw(kind: str) -> Markup:
        drawn.append(kind)
        return Markup(kind)

    component = Component(lambda: draw("block"), lambda: draw("inline"))
    before = list(drawn)
    assert (before, [component.inline, component.inline], drawn) == ([], ["inline", "inline"], ["inline"])


def test_the_components_of_a_text_are_told_apart_by_whether_they_have_a_line_for_themselves(expander: Expander) -> None:
    text = '{{ card("a") }}\n\nSay {{ shout("a") }}, {{ shout("gone") }} or {{ card("b") }}.\n\n{## {{ a }} ##}\n{{ card("c") }}'
    assert [alone for _, alone in expander.components(text)] == [True, False, True]
    assert [component for component, _ in expander.components(text)] == [card("a"), card("b"), card("c")]


def test_a_call_is_made_once_however_often_it_is_written() -> None:
    calls: list[str] = []

    def count(id: str) -> str:
        calls.append(id)
        return id

    expander = Expander({"count": count})
    for expression in ('count("a")', ' count("a") ', 'count("b")', 'count("a")'):
        expander.evaluate(expression)
    assert calls == ["a", "b"]


def test_a_faulty_call_is_refused_with_the_same_words_each_time(expander: Expander) -> None:
    assert refusal(expander, 'shout("gone")') == refusal(expander, 'shout("gone")')


NOT_A_CALL = ("jinja-expression", "only calls are allowed in content", PLAIN)
NOT_PLAIN = ("jinja-expression", "arguments must be plain words or whole numbers", PLAIN)


@pytest.mark.parametrize(
    "expression",
    [
        "shout.__globals__",
        "shout.__class__.__mro__",
        "''.__class__.__mro__[1].__subclasses__()",
        'shout.__call__("a")',
        'shout("a").__class__',
        'shout("a").upper()',
        'shout("a")()',
        'shout("a")|upper',
        'shout("a")|attr("__class__")',
        'shout("a")[0]',
        'self["x"]("a")',
        "shout",
        '"text"',
        "1",
        "'a' * 10 ** 9",
        "10 ** 10 ** 8",
        'shout("a") ~ "b"',
        'shout("a") + shout("b")',
        'shout("a"), shout("b")',
        'shout("a") if yes() else shout("b")',
        'not shout("a")',
        'shout(*["a"])',
        'shout(**{"id": "a"})',
        "[shout('a')]",
        '{"a": shout("b")}',
        'shout("a") is defined',
        'shout("a") }}{{ shout("b")',
        'shout("a") }} text',
        "lipsum.__globals__['os'].popen('id').read()",
        "cycler.__init__.__globals__.os.system('id')",
        "''.format(1)",
        "('%s' % shout)",
    ],
)
def test_whatever_is_not_one_call_by_name_is_refused(expander: Expander, expression: str) -> None:
    assert refusal(expander, expression) == NOT_A_CALL


@pytest.mark.parametrize(
    "argument",
    [
        "''.__class__",
        "shout",
        'shout("a")',
        "'a' * 10 ** 9",
        "10 ** 10 ** 8",
        "-1",
        "1.5",
        "1e400",
        "true",
        "none",
        '["a"]',
        '("a", "b")',
        '{"a": 1}',
        '"a"[0]',
        '"a"|upper',
        '"a" ~ "b"',
        '"a" + "b"',
        '"a" if yes() else "b"',
        '"a" == "b"',
        'not "a"',
    ],
)
def test_an_argument_is_a_word_or_a_whole_number_and_nothing_that_calculates(expander: Expander, argument: str) -> None:
    assert refusal(expander, f"shout({argument})") == NOT_PLAIN
    assert refusal(expander, f"shout(id={argument})") == NOT_PLAIN


@pytest.mark.parametrize("word", ["two words", "été", "<b>", "a;b", "{{", "a:b", "a\\nb", "", "\\x3cscript", "%s"])
def test_prose_and_markup_are_no_ids(expander: Expander, word: str) -> None:
    rule, message, hint = refusal(expander, f'shout("{word}")')
    assert (rule, message.startswith('argument "'), hint) == ("jinja-expression", True, IDS)


def test_the_refusal_of_a_long_text_shows_its_beginning_only(expander: Expander) -> None:
    text = "You are not alone. " * 5
    assert refusal(expander, f'shout("{text}")') == ("jinja-expression", f'argument "{text[:40]}" is not an id', IDS)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("shout(", ("jinja-syntax", "the expression cannot be read: unexpected '}', expected ')'", PLAIN)),
        ('f"{shout}"', ("jinja-syntax", "the expression cannot be read: expected token 'end of print statement', got 'string'", PLAIN)),
        ("", ("jinja-syntax", "the expression cannot be read: Expected an expression, got 'end of print statement'", PLAIN)),
        ("(" * 149 + "1" + ")" * 149, ("jinja-syntax", "the expression has too many brackets inside each other", PLAIN)),
        ("shout(" * 40 + ")" * 40, NOT_PLAIN),
        (f'shout("{"a" * 300}")', ("jinja-expression", "the expression is longer than 300 characters", PLAIN)),
        (f"shout({'9' * 280})", ("jinja-expression", "the number is too large", PLAIN)),
        ('shout(id="a", id="b")', ("jinja-expression", "an argument is given twice", PLAIN)),
        ("shout()", ("call-arguments", "shout(): missing a required argument: 'id'", "it takes: id, size")),
        ('shout("a", colour="b")', ("call-arguments", "shout(): got an unexpected keyword argument 'colour'", "it takes: id, size")),
        ("shout(5)", ("call-arguments", "shout(): id must be a word in quotes", 'write shout(id="…")')),
        ("words(for=5)", ("call-arguments", "words(): for must be a word in quotes", 'write words(for="…")')),
        ('shuot("a")', ("call-unknown", 'call "shuot" does not exist', 'did you mean "shout"? calls: card, no, shout, words, yes')),
        ("__import__('os')", ("call-unknown", 'call "__import__" does not exist', "calls: card, no, shout, words, yes")),
        ("range(99)", ("call-unknown", 'call "range" does not exist', "calls: card, no, shout, words, yes")),
        ('shout("gone")', ("word-unknown", '"gone" does not exist', "say something else")),
    ],
)  # fmt: skip
def test_a_faulty_call_says_what_is_wrong_and_what_to_write(
    expander: Expander, expression: str, expected: tuple[str, str, str]
) -> None:
    assert refusal(expander, expression) == expected


def test_the_longest_call_allowed_has_300_characters(expander: Expander) -> None:
    word = "a" * 291
    assert expander.evaluate(f'shout("{word}")') == f"{word}!"
    assert refusal(expander, f'shout("a{word}")')[1] == "the expression is longer than 300 characters"


@given(st.text(st.sampled_from("shoutcard()[]{}.|'\"~*+-/%_=,1a \\"), max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_expression_breaks_out_it_has_a_value_or_is_refused(expression: str) -> None:
    try:
        value = Expander(FUNCTIONS).evaluate(expression)
    except CallError:
        return
    assert isinstance(value, (str, bool, Component))


def test_text_gets_plain_values_escaped_and_components_as_words() -> None:
    slots = Slots("bsecret")
    text = Expander(FUNCTIONS).expand('Say {{ shout("now") }} or {{ card("a") }} {{ card("a") }}.', slots)
    assert text == "Say now\\! or bsecretx0z bsecretx1z."
    assert {word: expression for word, (_, expression) in slots.components.items()} == {
        "bsecretx0z": 'card("a")',
        "bsecretx1z": 'card("a")',
    }


def test_white_space_signs_of_jinja_are_understood() -> None:
    assert expand('a {{- shout("now") -}} b') == "a now\\! b"


def test_faulty_calls_and_remarks_leave_a_gap() -> None:
    assert expand('a {{ shout("gone") }} b {## for editors ##} c {{ yes() }} d') == "a  b  c  d"


def test_a_heading_id_is_no_remark() -> None:
    assert expand("## One {#one}\n\ntext\n\n## Two {#two}\n") == "## One {#one}\n\ntext\n\n## Two {#two}\n"


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60))
@settings(max_examples=150, deadline=None)
def test_data_put_into_a_sentence_is_never_markdown(text: str) -> None:
    from html import unescape

    assert unescape(render_markdown(f"a{escape_markdown(text)}z")) == f"<p>a{text}z</p>\n"


def test_the_word_that_stands_for_components_is_drawn_once_a_process_from_plain_letters_and_digits() -> None:
    first, again = secret_word(), secret_word()
    secret_word.cache_clear()
    second = secret_word()
    assert first == again != second
    assert first.isalnum()
    assert first.isascii()
    assert first[0] == "b"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n{% if yes() %}\nb\n{% endif %}\nc\n", "a\nb\nc\n"),
        ("a\n{% if no() %}\nb\n{% endif %}\nc\n", "a\nc\n"),
        ("{% if not no() %}\nb\n{% endif %}\n", "b\n"),
        ("{% if not yes() %}\nb\n{% endif %}\n", ""),
        ("{% if yes() %}\nb\n{% else %}\nc\n{% endif %}\n", "b\n"),
        ("{% if no() %}\nb\n{% else %}\nc\n{% endif %}\n", "c\n"),
        ("  {%- if yes() -%}  \nb\n\t{% endif %}", "b\n"),
        ("{% if no() %}\n{% if yes() %}\na\n{% else %}\nb\n{% endif %}\n{% else %}\nc\n{% endif %}\n", "c\n"),
        ("{% if yes() %}\n{% if no() %}\na\n{% else %}\nb\n{% endif %}\n{% else %}\nc\n{% endif %}\n", "b\n"),
        ("{## remark ##}\na\n", "a\n"),
        ('{% if shout("gone") %}\na\n{% endif %}\n', ""),
        ('{% if not shout("gone") %}\na\n{% endif %}\n', ""),
        ('{% if no() %}\n{{ shout("a") }}\n{% endif %}\n', ""),
    ],
)
def test_an_if_shows_the_branch_that_holds(text: str, shown: str) -> None:
    assert expand(text) == shown


def test_an_if_may_hold_several_sections() -> None:
    expander, slots, open_ifs = Expander(FUNCTIONS), Slots("bsecret"), [True]
    sections = ["a\n{% if no() %}\nb\n", "## C\n", "## D\n{% endif %}\ne\n"]
    assert [expander.expand(section, slots, open_ifs) for section in sections] == ["a\n", "", "e\n"]


def check(source: str) -> list[str]:
    def place(offset: int) -> Location:
        line_start = source.rfind("\n", 0, offset) + 1
        return Location("page.md", source.count("\n", 0, offset) + 1, offset - line_start + 1)

    return [str(problem).replace("\n    fix: ", " | ") for problem in check_calls(source, place, Expander(FUNCTIONS))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('fine {{ shout("a") }}\n{% if yes() %}\nx\n{% else %}\ny\n{% endif %}\n', []),
        (
            'one\ntwo {{ shout("gone") }}',
            ['page.md:2:5: error: "gone" does not exist [word-unknown] | say something else'],
        ),
        (
            "{% if yes() %}\nx\n",
            ["page.md:1:1: error: {% if %} is never closed [jinja-open] | add a line {% endif %}"],
        ),
        (
            "x\n{% endif %}\n",
            ['page.md:2:1: error: "endif" without an if before it [jinja-tag] | remove it, or add {% if … %} above'],
        ),
        (
            "{% else %}\n",
            ['page.md:1:1: error: "else" without an if before it [jinja-tag] | remove it, or add {% if … %} above'],
        ),
        (
            "{% if no() %}\na\n{% else %}\nb\n{% else %}\nc\n{% endif %}\n",
            ['page.md:5:1: error: "else" stands twice in one if [jinja-tag] | remove one of the two'],
        ),
        (
            "a {% if yes() %}\n{% endif %}\n",
            [
                'page.md:1:3: error: tag "if" shares its line [jinja-tag] | put the tag on a line of its own',
                'page.md:2:1: error: "endif" without an if before it [jinja-tag] | remove it, or add {% if … %} above',
            ],
        ),
        (
            "{% for a in b %}\n",
            ['page.md:1:1: error: tag "for" is not allowed in content [jinja-tag] | allowed: if, else, endif'],
        ),
        (
            "{% set a = 1 %}\n",
            ['page.md:1:1: error: tag "set" is not allowed in content [jinja-tag] | allowed: if, else, endif'],
        ),
        (
            "{% include '/etc/passwd' %}\n",
            ['page.md:1:1: error: tag "include" is not allowed in content [jinja-tag] | allowed: if, else, endif'],
        ),
        (
            '{% if card("a") %}\n{% endif %}\n',
            ['page.md:1:1: error: card("a") does not answer yes or no [call-place] | ask edition("fr"), country("BE") or offline()'],
        ),
        (
            "{{ yes() }}",
            ["page.md:1:1: error: yes() answers yes or no and is no text [call-place] | use it as {% if … %}"],
        ),
        (
            "{% if yes %}\n{% endif %}\n",
            [f"page.md:1:1: error: only calls are allowed in content [jinja-expression] | {PLAIN}"],
        ),
    ],
)  # fmt: skip
def test_faulty_calls_and_tags_are_named_where_they_stand(source: str, expected: list[str]) -> None:
    assert check(source) == expected
