from tests.cli.commands import shell, shell_of_ben

__all__ = ["shell", "shell_of_ben"]
