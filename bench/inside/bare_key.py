"""The session key of the bare view's one visitor."""

KEY = "bench0bare0bench0bare0bench0bare"
