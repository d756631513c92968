"""The matrix of roles in full: each question in every way, and each page, for everybody."""

from __future__ import annotations

import pytest

from tests.test_as_if_alone import test_no_answer_depends_on_what_one_does_not_see
from tests.test_as_if_alone import world as alone
from tests.test_pages_by_role import (
    path,
    signed_in,
    test_a_page_sends_nothing_of_somebody_out_of_sight,
)
from tests.test_role_matrix import (
    test_every_question_tells_of_those_in_sight_and_of_nobody_else,
    world,
)

pytestmark = pytest.mark.exam
__all__ = [
    "alone",
    "path",
    "signed_in",
    "test_a_page_sends_nothing_of_somebody_out_of_sight",
    "test_every_question_tells_of_those_in_sight_and_of_nobody_else",
    "test_no_answer_depends_on_what_one_does_not_see",
    "world",
]
