def test_a_worker_group_is_made_filled_and_listed(shell_of_ben):
    shell_of_ben.run("add-user", "cleo")
    listed = shell_of_ben.run("worker-group", "pilots", "--add", "cleo", "--add", "ben").stdout
    assert [line.split()[1] for line in listed.splitlines()] == ["ben", "cleo"]

    left = shell_of_ben.run("worker-group", "pilots", "--remove", "ben").stdout
    assert left.split()[1:] == ["cleo"]


def test_an_unknown_worker_changes_nothing(shell_of_ben):
    refused = shell_of_ben.run("worker-group", "pilots", "--add", "ben", "--add", "nobody", status=1)
    assert "nobody" in refused.stderr
    assert shell_of_ben.run("worker-group", "pilots").stdout == ""


def test_an_invitation_makes_its_group(shell_of_ben):
    assert "/account/join/" in shell_of_ben.run("invite", "--group", "new ones").stdout
    assert shell_of_ben.run("worker-group", "new ones").stdout == ""
