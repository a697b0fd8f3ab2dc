"""Review policies as the API has them, for tests."""

from typing import Any


def a_policy(name: str, **parameters: Any) -> dict[str, Any]:
    """A policy; a value is a text, a list of texts, or a map of lists."""
    return {"PolicyName": name, "Parameters": [_parameter(*given) for given in parameters.items()]}


def known_answers(**parameters: Any) -> dict[str, Any]:
    return a_policy("ScoreMyKnownAnswers/2011-09-01", **{"AnswerKey": {"q": ["a"]}, **parameters})


def plurality(**parameters: Any) -> dict[str, Any]:
    given = {"QuestionIds": ["q"], "QuestionAgreementThreshold": "50", **parameters}
    return a_policy("SimplePlurality/2011-09-01", **given)


def _parameter(key: str, value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return {"Key": key, "MapEntries": [{"Key": name, "Values": values} for name, values in value.items()]}
    return {"Key": key, "Values": value if isinstance(value, list) else [value]}
