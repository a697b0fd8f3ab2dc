"""Tests of the examples; what they share says what differs when an assertion fails."""

import pytest

pytest.register_assert_rewrite("tests.examples.doing")
