"""MTurk's structures as typed dictionaries: the one definition of what travels on the wire.

They type the requests that handlers get and the answers they give.  `aws/model.py` reads bounds, names and
documentation from them, for our own checks and for the model that SDKs read.

Beside its members a docstring's `Name: text` lines document them; `words.py` has the words for members that
mean the same everywhere.
"""

from kempelen.aws.shapes.assignments import *
from kempelen.aws.shapes.faults import *
from kempelen.aws.shapes.hits import *
from kempelen.aws.shapes.making_hits import *
from kempelen.aws.shapes.named import *
from kempelen.aws.shapes.notifications import *
from kempelen.aws.shapes.payments import *
from kempelen.aws.shapes.qualification_types import *
from kempelen.aws.shapes.qualifications import *
from kempelen.aws.shapes.requirements import *
from kempelen.aws.shapes.review_policies import *
from kempelen.aws.shapes.workers import *
