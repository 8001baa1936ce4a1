"""What a draw record and a plan look like (draw-v1 §2, §5), and the rules of §2 but the round number."""

from ijson import IDENTIFIER, any_text, anything, ascends, closed, different, hex_of, integer, list_of, null_or, one_of, text, time

QUICKNET = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
LOG = closed({"seq": integer(0), "at": time})
H32, H64, H80 = hex_of(32), hex_of(64), hex_of(80)

RECORD = closed(
    {
        "format": one_of("draw-record/v1"),
        "plan": anything,
        "planHash": H32,
        "freeze": closed({"sig": H64, "log": LOG}),
        "commits": list_of(
            closed({"i": integer(), "c": H32, "sealed": null_or(closed({"R": hex_of(33), "ct": H80})), "sig": H64, "log": LOG})
        ),
        "platform": null_or(closed({"pi": H80, "log": LOG})),
        "fallback": null_or(closed({"reason": text(1, 256), "sig": H64, "log": LOG})),
        "reveals": list_of(closed({"i": integer(), "s": H32, "rho": H32, "log": LOG})),
        "partials": list_of(closed({"i": integer(), "member": integer(), "D": hex_of(33), "c": H32, "z": H32, "log": LOG})),
        "beacon": null_or(closed({"round": integer(), "signature": hex_of(48), "log": LOG})),
        "faults": list_of(closed({"code": any_text}, {"i": integer()})),
        "result": anything,
        "substitutions": list_of(closed({"stratum": any_text, "out": H32, "reason": any_text, "in": null_or(H32), "log": LOG})),
        "final": list_of(closed({"stratum": any_text, "seated": list_of(H32)})),
    }
)


def whole_second(value):
    return time(value) and value.endswith(".000Z")


RECUSAL = one_of("employer", "relative", "bidderInterest", "priorInvolvement", "region", "leave", "sanction", "other")
PLAN = closed(
    {
        "v": one_of(1),
        "format": one_of("draw-plan/v1"),
        "drawId": IDENTIFIER,
        "kind": one_of("select", "order", "coefficient"),
        "purpose": text(1, 64),
        "subject": text(1, 128),
        "rulesVersion": text(1, 64),
        "operatorKey": H32,
        "supervisorKey": H32,
        "vrfKey": H32,
        "contributors": list_of(closed({"name": text(1, 128), "key": H32}), 2, 32),
        "minReveals": integer(1),
        "tCommit": whole_second,
        "tReveal": whole_second,
        "beacon": null_or(closed({"chain": H32, "round": integer()})),
        "recovery": one_of(None),
        "pool": list_of(
            closed({"id": H32, "group": null_or(text(1, 128)), "strata": list_of(IDENTIFIER), "recusal": null_or(RECUSAL)}), 0, 10_000
        ),
        "strata": list_of(closed({"id": IDENTIFIER, "quota": integer(1)})),
        "maxPerGroup": null_or(integer(1)),
        "coefficients": list_of(closed({"id": IDENTIFIER, "values": list_of(text(1, 32), 2, 1000)})),
        "supersedes": null_or(closed({"drawId": text(1, 64), "planHash": H32, "reason": text(1, 256)})),
    }
)


def plan_is_good(plan):
    if not PLAN(plan):
        return False
    contributors = [one["key"] for one in plan["contributors"]]
    least = 2 if plan["beacon"] is None else 1
    if not different(contributors) or not least <= plan["minReveals"] <= len(contributors):
        return False
    if plan["tCommit"] >= plan["tReveal"] or (plan["beacon"] is not None and plan["beacon"]["chain"] != QUICKNET):
        return False
    return ascends([one["id"] for one in plan["pool"]]) and kind_fits(plan)


def kind_fits(plan):
    pool, strata, coefficients = plan["pool"], [one["id"] for one in plan["strata"]], plan["coefficients"]
    if plan["kind"] == "coefficient":
        fits = not pool and not strata and plan["maxPerGroup"] is None and len(coefficients) > 0
        return fits and different([one["id"] for one in coefficients]) and all(different(one["values"]) for one in coefficients)
    if not pool or coefficients:
        return False
    if plan["kind"] == "order":
        return not strata and plan["maxPerGroup"] is None and all(not one["strata"] for one in pool)
    named = [one["strata"] for one in pool]
    return bool(strata) and different(strata) and all(one and different(one) and set(one) <= set(strata) for one in named)
