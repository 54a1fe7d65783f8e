"""Documents of other forms, however odd: an article or a named fault, and never anything else."""

from hypothesis import given, settings
from hypothesis import strategies as st

from service.documents.forms.linked import articles_in
from service.documents.forms.reading import find_id, form_of, read_form
from service.documents.forms.tables import FORMS, SCHEMA_ORG
from service.errors import InvalidInputError
from service.intake import draft

NAMES = sorted({place for form in FORMS for take in form.takes for place in take.places})
INNER = (
    *("@id", "@type", "@value", "@graph", "name", "value", "url", "href", "contenttype", "type"),
    *("renditions", "role", "alternateName", "caption", "creator", "mainEntity"),
)
WORDS = st.one_of(
    st.sampled_from(
        [
            *("NewsArticle", "https://schema.org/Article", "picture", "text/plain", "text/html"),
            *("2026-01-29", "2026-01-29T10:00:00+0100", "https://a.example/1", "en_US", "#a"),
            *("<p>Rain fell.</p>", "Rain fell.", "canceled", "", " ", "\x00"),
        ]
    ),
    st.text(max_size=12),
)
VALUES = st.recursive(
    st.one_of(WORDS, st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(INNER), inner, max_size=4)
    ),
    max_leaves=8,
)
MARKS = st.sampled_from([mark for form in FORMS for mark in form.marks])
DOCUMENTS = st.builds(
    lambda marks, fields: {**dict.fromkeys(marks, "NewsArticle"), **fields},
    MARKS,
    st.dictionaries(st.sampled_from([*NAMES, "@graph", "@type", "mainEntity"]), VALUES),
)


def exists(document: object, pointer: str) -> bool:
    """Whether the pointer, or what would hold its last step, is in the document."""
    here = document
    for step in pointer.split("/")[1:-1]:
        name = step.replace("~1", "/").replace("~0", "~")
        here = here[int(name)] if isinstance(here, list) else here.get(name)
    return isinstance(here, dict | list)


@given(DOCUMENTS)
@settings(max_examples=400, deadline=None)
def test_a_document_is_an_article_or_says_what_it_lacks(document):
    form = form_of(document)
    if form is None:
        return
    find_id(document, form)
    try:
        mapped = read_form(document, form)
        draft("demo", mapped.fields, received=1_772_292_000.0)
    except InvalidInputError:
        return
    for pointer in mapped.origins.values():
        assert form is SCHEMA_ORG or exists(document, pointer)


@given(DOCUMENTS)
@settings(max_examples=200, deadline=None)
def test_reading_a_document_twice_says_the_same(document):
    form = form_of(document)
    if form is None:
        return
    try:
        first = read_form(document, form)
    except InvalidInputError:
        return
    assert read_form(document, form) == first


@given(VALUES)
@settings(max_examples=200, deadline=None)
def test_whatever_stands_in_json_ld_its_articles_have_places(value):
    for article in articles_in(value):
        assert article.pointer == "" or article.pointer.startswith("/")
