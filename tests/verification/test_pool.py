"""Many claims on several workers; one that hangs does not hold up the others."""

from studydl.verification.evidence import Verdict
from studydl.verification.pool import Pool


async def test_reports_come_as_they_are_measured_and_are_returned_in_order() -> None:
    pool = Pool(2)
    seen = []
    try:
        claims = (await pool.prepare())[:6]
        reports = await pool.verify(claims, on_report=lambda report: seen.append(report.claim))
    finally:
        await pool.close()

    assert [report.claim for report in reports] == [claim["id"] for claim in claims]
    assert sorted(seen) == sorted(report.claim for report in reports)
    assert {report.verdict for report in reports} == {Verdict.VERIFIED}


async def test_a_claim_beyond_its_time_limit_is_an_error_and_the_rest_is_measured() -> None:
    pool = Pool(1)
    try:
        claims = (await pool.prepare())[:2]
        impossible = await pool.verify(claims, time_limit=1e-6)
        possible = await pool.verify(claims)
    finally:
        await pool.close()

    assert [report.verdict for report in impossible] == [Verdict.ERROR, Verdict.ERROR]
    assert "took longer than" in impossible[0].evidence.failure
    assert [report.verdict for report in possible] == [Verdict.VERIFIED, Verdict.VERIFIED]


async def test_a_second_run_reads_the_cache_and_says_so(tmp_path) -> None:
    pool = Pool(1)
    try:
        claims = (await pool.prepare())[:2]
        first = await pool.verify(claims, cache=tmp_path)
        second = await pool.verify(claims, cache=tmp_path)
        other_seed = await pool.verify(claims, cache=tmp_path, seed=1)
    finally:
        await pool.close()

    assert [report.cached for report in first] == [False, False]
    assert [report.cached for report in second] == [True, True]
    assert [report.evidence for report in second] == [report.evidence for report in first]
    assert [report.cached for report in other_seed] == [False, False]
