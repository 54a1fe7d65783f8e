"""Pages that are kept ready: found under all they depend on, bounded in bytes."""

from service.api.reading.pages import Page, PageKey, Pages


def key(**said) -> PageKey:
    return PageKey(**{"timeline": "demo", "revision": 1, "state": 1, "query": b"", **said})


def page(size: int) -> Page:
    return Page(b"x" * size, "")


def test_a_kept_page_is_found_under_its_own_key_only():
    pages, kept = Pages(), page(3)
    pages.keep(key(), kept)
    assert pages.find(key()) is kept
    others = {"timeline": "other", "revision": 2, "state": 2, "query": b"limit=1"}
    assert [pages.find(key(**{name: value})) for name, value in others.items()] == [None] * 4


def test_pages_asked_for_the_longest_ago_go_when_the_bytes_are_used_up():
    pages = Pages(most_bytes=100)
    for state in range(3):
        pages.keep(key(state=state), page(40))
        pages.find(key(state=0))
    assert [pages.find(key(state=state)) is not None for state in range(3)] == [True, False, True]


def test_a_page_larger_than_all_room_is_not_kept_and_leaves_room():
    pages = Pages(most_bytes=100)
    pages.keep(key(), page(101))
    assert pages.find(key()) is None
    pages.keep(key(), page(100))
    assert pages.find(key()) is not None


def test_keeping_a_page_again_takes_no_more_room():
    pages = Pages(most_bytes=100)
    for _ in range(5):
        pages.keep(key(), page(60))
    pages.keep(key(state=2), page(40))
    assert pages.find(key()) is not None
