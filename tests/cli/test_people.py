def test_a_user_is_made_with_a_link_that_logs_them_in(shell):
    said = shell.run("add-user", "ben", "--email", "ben@example.org").stdout

    assert said.startswith("http://localhost:8000/account/link/")


def test_a_name_that_is_taken_is_refused(shell_of_ben):
    done = shell_of_ben.run("add-user", "Ben", status=1)

    assert "is taken" in done.stderr


def test_a_requesters_slug_is_printed_for_other_commands(shell):
    shell.run("add-user", "ben")

    assert shell.run("add-requester", "Lab of Ben", "--owner", "ben").stdout == "lab-of-ben\n"


def test_an_invitation_is_a_link_on_the_sites_own_address(shell_of_ben):
    shell_of_ben.environment["KEMPELEN_URL"] = "https://turk.example.org"

    said = shell_of_ben.run("invite", "--uses", "20", "--role", "reviewer").stdout

    assert said.startswith("https://turk.example.org/account/join/")


def test_roles_and_requesters_that_do_not_exist_are_refused_with_those_that_do(shell_of_ben):
    assert (
        "Write owner, editor, reviewer, viewer."
        in shell_of_ben.run("invite", "--role", "king", status=1).stderr
    )
    assert "There are: lab-of-ben." in shell_of_ben.run("invite", "--requester", "other", status=1).stderr


def test_the_first_owner_administers_the_server(shell):
    shell.run("invite", "--role", "editor")

    assert shell.run("administrators").stdout == "owner\n"


def test_administrators_are_named_listed_and_dismissed_but_for_the_last(shell_of_ben):
    shell_of_ben.run("add-user", "cleo")

    assert shell_of_ben.run("administrators", "--add", "ben", "--add", "cleo").stdout == "ben\ncleo\n"
    assert shell_of_ben.run("administrators", "--remove", "cleo").stdout == "ben\n"
    refused = shell_of_ben.run("administrators", "--remove", "ben", status=1).stderr
    assert "last administrator" in refused
