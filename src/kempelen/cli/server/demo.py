"""`kempelen demo`."""

from kempelen.cli import aws_environment, choices, examples_made, links
from kempelen.cli.options import DataDir, Host, Port, Workers
from kempelen.cli.serving import server


def demo(host: Host = "127.0.0.1", port: Port = 8000, workers: Workers = 1, data_dir: DataDir = None) -> None:
    """Start a server with example projects, a requester and a worker, and print links that log them in.

    What is done there is kept; the next start goes on where this one ended.

    Examples:

        kempelen demo

        kempelen demo --data-dir ~/kempelen-demo --port 9000
    """
    server.run(host, port, workers, _welcome)


def _welcome() -> list[str]:
    requester, worker = examples_made.requester_and_worker()
    examples_made.publish_all(requester)
    variables = aws_environment.variables(choices.member(requester, examples_made.REQUESTER_USER))
    return [
        f"  Worker     {links.login_link(worker)}",
        f"  Requester  {links.login_link(requester.members.get(username=examples_made.REQUESTER_USER))}",
        "",
        "  Each link logs in once. For another:",
        f"    {links.command('login-link', worker.username)}",
        f"    {links.command('login-link', examples_made.REQUESTER_USER)}",
        "",
        "  Try it: do some HITs as the worker; then open the requester's link in another browser, or in a",
        "  private window, look at the answers and download them.",
        "",
        "  Programs made for MTurk work with this key, boto3 and all. In another shell, try:",
        f'    eval "$({links.command("env")})"; aws mturk list-hits',
        f"    AWS_ACCESS_KEY_ID={variables['AWS_ACCESS_KEY_ID']}",
        f"    AWS_SECRET_ACCESS_KEY={variables['AWS_SECRET_ACCESS_KEY']}",
        "",
    ]
