"""A worker's half that fails in every way while it judges."""

import os
import time
from typing import Any


def _formula(arguments: dict[str, Any], _progress: Any) -> Any:
    match arguments["typed"]:
        case "1":
            os._exit(7)
        case "2":
            time.sleep(60)
        case "3":
            raise ArithmeticError("a defect")
    return None


CALLS = {"formula": _formula}
