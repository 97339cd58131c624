"""The program's entry."""


def main() -> None:
    """Run the command line."""
