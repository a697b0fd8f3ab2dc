from tests.domain.moving_clock import moving_clock

__all__ = ["moving_clock"]
