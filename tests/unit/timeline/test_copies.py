from service.timeline.copies import BANDS, are_copies, bands, likeness, pairs, sign

REPORT = (
    "A ferry with eighty passengers sank off the northern cape on Monday evening after it struck a "
    "rock in heavy fog, and eleven people drowned before help arrived. Two fishing boats reached "
    "the place within the hour and took the others on board, the coast guard said. The captain "
    "told investigators that the beacon on the cape had been dark for several nights."
)
FIRST = (138383180, 71274316, 4165452)
OTHER = (
    "Voters in the three eastern provinces go to the polls on Sunday to choose a new assembly, and "
    "the governing party expects to keep its narrow majority. Its rivals have promised lower fares "
    "on the railways and an inquiry into the sale of the harbour, which the minister signed."
)


def test_a_text_is_its_own_copy_whatever_its_capitals_and_points():
    assert likeness(sign(REPORT), sign(REPORT.upper().replace(",", ";"))) == 1.0


def test_a_text_with_a_new_last_line_is_a_copy():
    assert are_copies(sign(REPORT), sign(f"{REPORT} By our staff."))


def test_texts_on_other_matters_are_not_alike():
    assert likeness(sign(REPORT), sign(OTHER)) < 0.1


def test_a_text_that_retells_half_is_no_copy():
    half = REPORT[: len(REPORT) // 2]
    assert not are_copies(sign(REPORT), sign(half + OTHER))


def test_few_words_have_no_signature_and_are_like_nothing():
    assert sign("A ferry sank.") == ()
    assert likeness((), ()) == 0.0
    assert bands(()) == ()


def test_signatures_are_the_same_in_every_run():
    assert sign(REPORT)[:3] == FIRST


def test_copies_share_a_band_and_strangers_none():
    mine = bands(sign(REPORT))
    assert len(set(mine)) == BANDS
    assert not set(mine).isdisjoint(bands(sign(f"{REPORT} By our staff.")))
    assert set(mine).isdisjoint(bands(sign(OTHER)))


def test_pairs_name_the_copies_among_texts():
    texts = {"c": REPORT, "a": OTHER, "b": f"{REPORT} By our staff.", "d": "A ferry sank."}
    assert list(pairs({name: sign(text) for name, text in texts.items()})) == [("b", "c")]
