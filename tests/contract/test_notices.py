"""Every notice that reading can give is described in the contract."""

import pytest

from service.api.schemas.articles import NoticeRead
from workers.extract import MOST_MENTIONS
from workers.notices import SAYINGS

DESCRIBED = NoticeRead().fields["code"].metadata["description"]


@pytest.mark.parametrize("code", SAYINGS)
def test_every_notice_is_in_the_description(code):
    assert f"`{code}`" in DESCRIBED


def test_the_description_states_the_limit():
    assert f"first {MOST_MENTIONS} sentences" in DESCRIBED
