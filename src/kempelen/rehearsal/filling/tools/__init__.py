"""What the tools among Crowd HTML Elements make: boxes, masks, marked words, ranks, questions, pairs.

Each kind of control that is no plain field has a module's `Tool` here, by its kind.
"""

from collections.abc import Mapping

from kempelen.rehearsal.filling.controls import Kind
from kempelen.rehearsal.filling.tools import entities, masks, pairs, questions, ranking, shapes
from kempelen.rehearsal.filling.tools.tool import Tool

TOOLS: Mapping[Kind, Tool] = {
    "boxes": shapes.BOXES,
    "keypoints": shapes.KEYPOINTS,
    "polygons": shapes.POLYGONS,
    "polylines": shapes.POLYLINES,
    "lines": shapes.LINES,
    "regions": masks.REGIONS,
    "instances": masks.INSTANCES,
    "entities": entities.ENTITIES,
    "ranking": ranking.RANKING,
    "questions": questions.QUESTIONS,
    "pairs": pairs.PAIRS,
}
