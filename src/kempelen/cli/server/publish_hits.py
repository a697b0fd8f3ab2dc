"""`kempelen publish-hits`."""

from pathlib import Path
from typing import Annotated

import typer

from kempelen.cli import amounts, choices, publishing, start
from kempelen.cli.options import DataDir, RequesterSlug
from kempelen.domain.models import Audience, QueueOrder, TemplateLanguage

TemplateFile = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, metavar="TEMPLATE", help="The template, an HTML file.")
]
CsvFile = Annotated[
    Path,
    typer.Argument(exists=True, dir_okay=False, metavar="CSV", help="The rows: a CSV file, or JSON Lines."),
]
Title = Annotated[str | None, typer.Option(help="What workers see first.  [default: the template's name]")]
Description = Annotated[str | None, typer.Option(help="What the work is about.")]
Keywords = Annotated[str | None, typer.Option(help="Words to search for, with commas between them.")]
Reward = Annotated[
    int | None,
    typer.Option(
        parser=amounts.cents, metavar="AMOUNT", help="Paid per assignment, such as 0.05.  [default: 0]"
    ),
]
Assignments = Annotated[int | None, typer.Option(min=1, help="How many workers do each HIT.  [default: 1]")]
Lifetime = Annotated[
    int | None,
    typer.Option(
        parser=amounts.seconds,
        metavar="TIME",
        help="How long HITs are given out, such as 7d.  [default: a year]",
    ),
]
Duration = Annotated[
    int | None,
    typer.Option(
        parser=amounts.seconds,
        metavar="TIME",
        help="How long a worker has for one, such as 30min.  [default: 1h]",
    ),
]
AutoApproval = Annotated[
    int | None,
    typer.Option(
        parser=amounts.seconds,
        metavar="TIME",
        help="When answers are approved by themselves.  [default: 30d]",
    ),
]
WhoWorks = Annotated[
    Audience | None, typer.Option("--audience", help="Who may work.  [default: anonymous]", show_choices=True)
]
Groups = Annotated[
    list[str] | None,
    typer.Option("--group", metavar="NAME", help="A worker group that may work; no others may then."),
]
Language = Annotated[
    TemplateLanguage | None,
    typer.Option(
        "--language",
        help="How the template takes a row’s values.  [default: as before; a new one with Liquid and "
        "without ${variables} is liquid, others mturk]",
    ),
]
Order = Annotated[
    QueueOrder | None, typer.Option(help="In which order HITs are given out.  [default: oldest]")
]
BatchName = Annotated[
    str, typer.Option("--name", metavar="TEXT", help="What the batch is called.  [default: the CSV's name]")
]


def publish_hits(
    template: TemplateFile,
    csv: CsvFile,
    title: Title = None,
    description: Description = None,
    keywords: Keywords = None,
    reward: Reward = None,
    assignments: Assignments = None,
    lifetime: Lifetime = None,
    duration: Duration = None,
    auto_approval: AutoApproval = None,
    audience: WhoWorks = None,
    group: Groups = None,
    order: Order = None,
    language: Language = None,
    name: BatchName = "",
    requester: RequesterSlug = "",
    data_dir: DataDir = None,
) -> None:
    """Publish a HIT for each row of a CSV file or line of JSON Lines, with or without a server running.

    The template's absolute path is its identity (symbolic links are not followed): publishing it again makes
    a further batch of the same project, with the HTML that the file has by then. Options that are left out
    stay as they are.

    Examples:

        kempelen publish-hits label.html tweets.csv

        kempelen publish-hits label.html tweets.csv --reward 0.05 --duration 10min

        kempelen publish-hits boxes.liquid.html dataset.manifest --language liquid
    """
    start.database()
    asking = choices.requester(requester)
    given = {
        "title": title,
        "description": description,
        "keywords": keywords,
        "reward_cents": reward,
        "max_assignments": assignments,
        "lifetime_seconds": lifetime,
        "assignment_duration_seconds": duration,
        "auto_approval_delay_seconds": auto_approval,
        "audience": audience,
        "queue_order": order,
        "language": language,
        "groups": [choices.worker_group(asking, each) for each in group] if group else None,
    }
    project = publishing.project_of_file(
        asking, template, {option: value for option, value in given.items() if value is not None}
    )
    batch = publishing.publish(project, csv, name=name)
    typer.echo(f"Data folder: {start.data_place()}", err=True)
    hits = amounts.counted(batch.row_count, "HIT", "HITs")
    typer.echo(f"{hits} published as batch {batch.number} of “{project.name}”.")
