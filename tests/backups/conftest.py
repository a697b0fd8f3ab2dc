from tests.cli.commands import _home_of_ben, shell, shell_of_ben

__all__ = ["_home_of_ben", "shell", "shell_of_ben"]
