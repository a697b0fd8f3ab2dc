from tests.web.sandbox.asking import program

__all__ = ["program"]
