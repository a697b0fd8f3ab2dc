from tests.web.sandbox.asking import program, sandbox_clock

__all__ = ["program", "sandbox_clock"]
