"""Turkle 3.1's weaknesses, as they were seen on a live one, and the tests that show what happens here.

A test is named by its file below `tests/` and its function.
"""

from typing import NamedTuple


class Weakness(NamedTuple):
    """What Turkle did, and which tests show our better answer."""

    turkle: str
    shown_by: tuple[str, ...]


_HERE = "contract/turkle"

WEAKNESSES: dict[int, Weakness] = {
    1: Weakness(
        "a worker made himself superuser by the API",
        (f"{_HERE}/test_rights.py::test_01_nobody_makes_themselves_administrator",),
    ),
    2: Weakness(
        "a worker changed the administrator's account",
        (f"{_HERE}/test_rights.py::test_02_nobody_takes_over_another_account",),
    ),
    3: Weakness(
        "a worker listed all users and downloaded results",
        (f"{_HERE}/test_rights.py::test_03_a_worker_reads_neither_users_nor_results",),
    ),
    4: Weakness(
        "a visitor saw a task that needs a log-in",
        (f"{_HERE}/test_rights.py::test_04_a_visitor_sees_no_task_that_needs_an_account",),
    ),
    5: Weakness(
        "a worker read a restricted batch",
        (f"{_HERE}/test_rights.py::test_05_work_for_others_is_neither_shown_nor_given",),
    ),
    6: Weakness(
        "a worker previewed an unpublished batch",
        (f"{_HERE}/test_rights.py::test_06_07_what_is_not_published_is_neither_shown_nor_given",),
    ),
    7: Weakness(
        "a worker accepted from an unpublished batch",
        (f"{_HERE}/test_rights.py::test_06_07_what_is_not_published_is_neither_shown_nor_given",),
    ),
    8: Weakness(
        "one visitor submitted another's task",
        (
            f"{_HERE}/test_rights.py::test_08_one_visitor_does_not_submit_for_another",
            "web/worker/test_identity.py::test_the_cookie_of_one_browser_does_not_open_anothers_answers",
        ),
    ),
    9: Weakness(
        "a mere address gave a task back",
        (f"{_HERE}/test_requests.py::test_09_looking_at_an_address_gives_no_task_back",),
    ),
    10: Weakness(
        "a mere address deleted a published batch",
        (f"{_HERE}/test_requests.py::test_10_looking_at_an_address_deletes_no_batch",),
    ),
    11: Weakness(
        "staff without any right did so too",
        (f"{_HERE}/test_rights.py::test_11_staff_without_a_role_touches_no_batch",),
    ),
    12: Weakness(
        "a project's name ran as a script before the administrator",
        (
            f"{_HERE}/test_requests.py::test_12_a_hostile_name_stays_text",
            "contract/containment/test_markup.py::"
            "test_hostile_names_values_and_answers_are_text_on_every_page",
        ),
    ),
    13: Weakness(
        "a name with braces broke a page for good",
        (f"{_HERE}/test_requests.py::test_13_a_name_with_braces_breaks_no_page",),
    ),
    14: Weakness(
        "templates ran in the site's own origin",
        (
            f"{_HERE}/test_requests.py::test_14_a_template_has_neither_our_origin_nor_our_cookies",
            "contract/containment/test_reading.py::test_nothing_of_ours_can_be_read",
            "contract/containment/test_requests.py::test_no_request_acts_for_the_worker",
        ),
    ),
    15: Weakness(
        "guessing went on for ever, and one letter was a password",
        (
            f"{_HERE}/test_requests.py::test_15_guessing_is_braked_and_weak_passwords_are_refused",
            "web/account/test_login.py::test_guessing_is_braked_and_forgotten_with_time",
        ),
    ),
    16: Weakness(
        "a second submission replaced the first",
        (
            f"{_HERE}/test_answers.py::test_16_a_second_submission_changes_nothing",
            "domain/test_assignments.py::test_a_repeated_submission_changes_nothing",
        ),
    ),
    17: Weakness(
        "an answer an hour after its time was taken as if in time",
        (f"{_HERE}/test_answers.py::test_17_an_answer_after_its_time_counts_only_while_its_place_is_free",),
    ),
    18: Weakness(
        "an answer a second after its time was gone",
        (
            f"{_HERE}/test_answers.py::test_18_an_answer_that_came_too_late_is_not_lost",
            "domain/test_assignments.py::test_a_late_answer_whose_place_is_taken_is_kept_as_a_draft",
        ),
    ),
    19: Weakness(
        "nobody said what stopping a batch does to work in hand",
        (
            f"{_HERE}/test_answers.py::"
            "test_19_pausing_takes_no_work_from_who_has_begun_and_gives_none_to_others",
        ),
    ),
    20: Weakness(
        "an answer came with another task's id",
        (f"{_HERE}/test_answers.py::test_20_an_answer_is_for_the_task_of_its_assignment_whatever_it_names",),
    ),
    21: Weakness(
        "results with letters beyond ASCII were cut",
        (f"{_HERE}/test_files.py::test_21_results_are_whole_in_any_script",),
    ),
    22: Weakness(
        "two ticked boxes were written as Python",
        (f"{_HERE}/test_answers.py::test_22_ticked_boxes_of_one_name_stand_as_mturk_wrote_them",),
    ),
    23: Weakness(
        "answers ran as formulas in spreadsheets",
        (f"{_HERE}/test_files.py::test_23_a_formula_does_not_run_in_a_spreadsheet",),
    ),
    24: Weakness(
        "Excel's UTF-8 was refused",
        (f"{_HERE}/test_files.py::test_24_25_37_a_file_as_programs_write_it_is_read",),
    ),
    25: Weakness(
        "Latin-1 and old line ends were an error 500",
        (
            f"{_HERE}/test_files.py::test_25_a_file_in_latin_1_is_told_as_such",
            f"{_HERE}/test_files.py::test_24_25_37_a_file_as_programs_write_it_is_read",
        ),
    ),
    26: Weakness(
        "a header without rows was a batch that broke its page",
        (f"{_HERE}/test_files.py::test_26_27_28_29_a_faulty_file_is_refused_whole",),
    ),
    27: Weakness(
        "of two columns of one name, one was lost",
        (f"{_HERE}/test_files.py::test_26_27_28_29_a_faulty_file_is_refused_whole",),
    ),
    28: Weakness(
        "short and long rows were taken",
        (f"{_HERE}/test_files.py::test_26_27_28_29_a_faulty_file_is_refused_whole",),
    ),
    29: Weakness(
        "a fault in the middle left half a batch, published",
        (f"{_HERE}/test_files.py::test_26_27_28_29_a_faulty_file_is_refused_whole",),
    ),
    30: Weakness(
        "a value was filled in again",
        (f"{_HERE}/test_files.py::test_30_a_value_is_never_filled_in_again",),
    ),
    31: Weakness(
        "${my-col} was no variable, and nobody said so",
        (f"{_HERE}/test_files.py::test_31_names_with_a_hyphen_or_a_space_are_variables_too",),
    ),
    32: Weakness(
        "-1 assignments per task were no end of them",
        (f"{_HERE}/test_files.py::test_32_less_than_one_answer_for_each_row_is_refused",),
    ),
    33: Weakness(
        "a changed template changed tasks that ran",
        (f"{_HERE}/test_keeping.py::test_33_a_changed_template_changes_nothing_that_runs",),
    ),
    34: Weakness(
        "deleting a worker deleted the answers",
        (
            f"{_HERE}/test_keeping.py::test_34_answers_outlive_their_workers_account",
            "domain/test_accounts.py::test_answers_stay_under_the_worker_id_and_name_and_address_are_nowhere",
        ),
    ),
    35: Weakness(
        "deleting a requester deleted batches with all answers",
        (f"{_HERE}/test_keeping.py::test_35_batches_outlive_the_account_of_who_made_them",),
    ),
    36: Weakness(
        "odd addresses were an error 500",
        (f"{_HERE}/test_keeping.py::test_36_no_address_breaks_a_page",),
    ),
    37: Weakness(
        "a blank line was refused on the page and taken by the API",
        (f"{_HERE}/test_files.py::test_24_25_37_a_file_as_programs_write_it_is_read",),
    ),
}
