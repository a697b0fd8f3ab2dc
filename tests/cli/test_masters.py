def test_masters_are_made_listed_and_unmade(shell_of_ben):
    shell_of_ben.run("add-user", "cleo")
    listed = shell_of_ben.run("masters", "--add", "cleo", "--add", "ben").stdout
    assert [line.split()[1] for line in listed.splitlines()] == ["cleo", "ben"]
    left = shell_of_ben.run("masters", "--remove", "ben").stdout
    assert [line.split()[1] for line in left.splitlines()] == ["cleo"]


def test_nobody_unknown_is_made_a_master(shell_of_ben):
    assert "nobody" in shell_of_ben.run("masters", "--add", "nobody", status=1).stderr
    assert shell_of_ben.run("masters").stdout == ""
