"""What the worker process can be asked of this room. Loaded in the worker only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from studydl.verification.cache import ReportCache
from studydl.verification.catalogue import all_claims, all_derivations, find_claim, find_derivation
from studydl.verification.fingerprint import fingerprint
from studydl.verification.judge import Progress, judge

__all__ = ["CALLS"]


def _claims(_arguments: dict[str, Any], _progress: Progress) -> list[dict[str, Any]]:
    """List every claim: id, statement in both languages, section, names of what it can be asked."""
    return [
        {
            "id": claim.id,
            "statement": claim.statement._asdict(),
            "notes": claim.notes,
            "misconceptions": [each.name for each in claim.misconceptions],
            "quantities": [each.name for each in claim.quantities],
            "sources": list(claim.sources),
        }
        for claim in all_claims().values()
    ]


def _derivations(_arguments: dict[str, Any], _progress: Progress) -> list[str]:
    """List the ids of every derivation."""
    return list(all_derivations())


def _verify(arguments: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Judge ``claim`` with ``seed``; read and keep reports in the folder ``cache``, if given."""
    claim, seed = find_claim(arguments["claim"]), int(arguments.get("seed", 0))
    folder = arguments.get("cache")
    if folder is None:
        return judge(claim, seed=seed, progress=progress).to_json()
    kept, key = ReportCache(Path(folder)), fingerprint(claim, seed=seed)
    report = kept.get(claim.id, key)
    if report is None:
        report = judge(claim, seed=seed, progress=progress)
        kept.put(key, report)
    return report.to_json()


def _portrait(arguments: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    """Draw what ``claim`` and its misconceptions compute where the verifier asks, if that is so."""
    from studydl.verification.portrait import portrait_of

    found = portrait_of(find_claim(arguments["claim"]), seed=int(arguments.get("seed", 0)))
    return {} if found is None else found.to_json()


def _derive(arguments: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    """Check ``derivation`` step by step."""
    from studydl.verification.derivation import check

    seed = int(arguments.get("seed", 0))
    report: dict[str, Any] = check(find_derivation(arguments["derivation"]), seed=seed).to_json()
    return report


def _compute(arguments: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    """Compute ``quantity`` of ``claim`` ``with`` parameters, rightly and by its misconceptions."""
    from studydl.verification.quantities import answers_of

    claim = find_claim(arguments["claim"])
    found = answers_of(claim, arguments["quantity"], arguments["with"])
    wrong = [{**each._asdict(), "why": each.why._asdict()} for each in found.wrong]
    return {"value": found.value, "wrong": wrong}


def _experiments(arguments: dict[str, Any], _progress: Progress) -> list[dict[str, Any]]:
    """Describe the experiments of the chapter of ``claim``, its own first; without one, all."""
    from studydl.verification.experiment import descriptions_of

    id_ = arguments.get("claim")
    known = list(all_claims().values())
    if id_ is not None:
        claim = find_claim(id_)
        chapter = [each for each in known if each.chapter == claim.chapter]
        known = sorted(chapter, key=lambda each: each is not claim)
    return [described.to_json() for each in known for described in descriptions_of(each)]


def _experiment(arguments: dict[str, Any], _progress: Progress) -> dict[str, Any]:
    """Run the experiment ``name`` of ``claim`` ``with`` its dials, or compute a quantity.

    A quantity is asked for by ``along``, the parameter of its curve, and ``over``, its values.
    """
    from studydl.verification.experiment import perform, perform_quantity

    claim, name = find_claim(arguments["claim"]), arguments["name"]
    values, along = arguments["with"], arguments.get("along")
    if along is not None:
        found = perform_quantity(claim, name, values, along=along, over=arguments["over"])
    else:
        found = perform(claim, name, values, seed=int(arguments.get("seed", 0)))
    return found.to_json()


CALLS = {
    "claims": _claims,
    "derivations": _derivations,
    "verify": _verify,
    "portrait": _portrait,
    "derive": _derive,
    "compute": _compute,
    "experiments": _experiments,
    "experiment": _experiment,
}
