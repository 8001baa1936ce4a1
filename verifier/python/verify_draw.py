#!/usr/bin/env python3
"""A second verifier of draws (draw-v1 §6), written from the specification alone, with the standard library of Python 3.8.

    verify_draw.py FILE             one draw record
    verify_draw.py --vectors FILE   test vectors, a JSON line per case

Modes plain and beacon, with the platform's VRF. A plan with recovery (mode 2, P-256 and suites) is not supported here.
Exit: 0 everything holds, 1 something does not (its code is printed), 2 cannot be carried out, 3 unsupported; 3 is never "ok".
"""

import hashlib
import json
import sys

import ijson
from bls12381 import beacon_holds
from edwards import signature_holds, vrf_output
from sampling import coefficients_of, mac, numbers, order_of, rows_after, shuffled, strata_of, stream_key, uniform
from shapes import RECORD, plan_is_good

GENESIS = 1692803367


class Refused(Exception):
    """The first step that does not hold, by its code."""


class Unsupported(Exception):
    """What this program cannot judge."""


def demand(holds, code):
    if not holds:
        raise Refused(code)


def h(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def u32(value):
    return value.to_bytes(4, "big")


def verify(data):
    """The facts of a record that holds. Raises Refused or Unsupported."""
    try:
        record = ijson.read(data)
    except ijson.NotIJson:
        raise Refused("E_JSON") from None
    demand(RECORD(record), "E_FORMAT")
    plan = record["plan"]
    if isinstance(plan, dict) and plan.get("recovery") is not None:
        raise Unsupported("a plan with recovery")
    demand(plan_is_good(plan), "E_PLAN")
    plan_hash, beta = check_setup(record)
    secrets = check_reveals(record, plan_hash)
    demand(not record["partials"], "E_RECOVERY")
    check_beacon(record)
    check_log(record)
    demand(sum(one is not None for one in secrets) >= plan["minReveals"], "E_TOO_FEW")
    demand(same(record["faults"], faults_of(record, secrets)), "E_FAULTS")
    seed = seed_of(record, {"hash": plan_hash, "secrets": secrets, "beta": beta})
    outcome = check_outcome(record, seed)
    mode = 0 if plan["beacon"] is None else 1
    return {"ok": True, "drawId": plan["drawId"], "planHash": record["planHash"], "mode": mode, "seed": seed.hex(), "outcome": outcome}


def same(a, b):
    return ijson.jcs(a) == ijson.jcs(b)


def check_setup(record):
    """Steps 4 to 8."""
    plan = record["plan"]
    plan_hash = h(ijson.jcs(plan))
    demand(plan_hash.hex() == record["planHash"], "E_PLAN_HASH")
    demand(signed(record["freeze"]["sig"], b"draw/v1 freeze\n" + plan_hash, plan["operatorKey"]), "E_FREEZE_SIG")
    check_commits(record, plan_hash)
    beta = None
    if record["platform"] is not None:
        beta = vrf_output(bytes.fromhex(plan["vrfKey"]), plan_hash, bytes.fromhex(record["platform"]["pi"]))
        demand(beta is not None, "E_VRF")
    demand(record["fallback"] is None, "E_FALLBACK")
    return plan_hash, beta


def signed(signature, message, key):
    return signature_holds(bytes.fromhex(signature), message, bytes.fromhex(key))


def check_commits(record, plan_hash):
    contributors, commits = record["plan"]["contributors"], record["commits"]
    demand(ijson.ascends([one["i"] for one in commits]), "E_COMMIT")
    demand(all(0 <= one["i"] < len(contributors) and one["sealed"] is None for one in commits), "E_COMMIT")
    for one in commits:
        message = b"draw/v1 commit-sig\n" + plan_hash + u32(one["i"]) + bytes.fromhex(one["c"]) + bytes(32)
        demand(signed(one["sig"], message, contributors[one["i"]]["key"]), "E_COMMIT_SIG")


def check_reveals(record, plan_hash):
    """Step 9; s by contributor, None where the marker is empty."""
    commits = {one["i"]: one["c"] for one in record["commits"]}
    secrets = [None] * len(record["plan"]["contributors"])
    demand(ijson.ascends([one["i"] for one in record["reveals"]]), "E_REVEAL")
    for one in record["reveals"]:
        opened = bytes.fromhex(one["s"] + one["rho"])
        demand(one["i"] in commits, "E_REVEAL")
        demand(h(b"draw/v1 commit\n", plan_hash, u32(one["i"]), opened).hex() == commits[one["i"]], "E_REVEAL")
        secrets[one["i"]] = opened[:32]
    return secrets


def round_of(t_reveal):
    """The first round whose time is at least tReveal + 60 s."""
    return max(1, -(-(int(ijson.seconds(t_reveal)) + 60 - GENESIS) // 3) + 1)


def check_beacon(record):
    """Step 11."""
    plan, beacon = record["plan"], record["beacon"]
    demand(plan["beacon"] is None or plan["beacon"]["round"] == round_of(plan["tReveal"]), "E_BEACON_ROUND")
    demand((beacon is None) == (plan["beacon"] is None), "E_BEACON")
    if beacon is not None:
        demand(beacon["round"] == plan["beacon"]["round"], "E_BEACON_ROUND")
        demand(beacon_holds(beacon["round"], bytes.fromhex(beacon["signature"])), "E_BEACON")


def check_log(record):
    """Steps 12 and 13."""
    plan, beacon = record["plan"], record["beacon"]

    def logs(*steps):
        return [one["log"] for one in steps if one is not None]

    phases = [logs(record["freeze"]), logs(*record["commits"]), logs(record["platform"]), logs(*record["reveals"]), logs(beacon)]
    phases += [logs(one) for one in record["substitutions"]]
    every = sorted((log for phase in phases for log in phase), key=lambda log: log["seq"])
    demand(ijson.ascends([log["seq"] for log in every]), "E_ORDER")
    demand(all(a["at"] <= b["at"] for a, b in zip(every, every[1:])), "E_ORDER")
    latest = -1
    for phase in phases:
        demand(all(log["seq"] > latest for log in phase), "E_ORDER")
        latest = max([latest] + [log["seq"] for log in phase])
    demand(all(one["log"]["at"] >= plan["tCommit"] for one in record["reveals"]), "E_ORDER")
    if beacon is not None:
        demand(ijson.seconds(beacon["log"]["at"]) >= GENESIS + 3 * (beacon["round"] - 1), "E_ORDER")
    late = [one["log"]["at"] > plan["tCommit"] for one in record["commits"]]
    late += [log["at"] > plan["tReveal"] for log in logs(record["platform"], *record["reveals"])]
    demand(not any(late), "E_LATE")


def faults_of(record, secrets):
    """Step 15."""
    committed = {one["i"] for one in record["commits"]}
    faults = [{"code": "NO_REVEAL" if i in committed else "NO_COMMIT", "i": i} for i, s in enumerate(secrets) if s is None]
    return faults + ([{"code": "PLATFORM_MISSING"}] if record["platform"] is None else [])


def seed_of(record, known):
    """draw-v1 §3.7."""
    mode = 0 if record["plan"]["beacon"] is None else 1
    text = b"draw/v1 seed\n" + bytes([mode])
    for s in known["secrets"]:
        text += bytes(33) if s is None else b"\x01" + s
    text += bytes(65) if known["beta"] is None else b"\x01" + known["beta"]
    text += bytes(48) if record["beacon"] is None else bytes.fromhex(record["beacon"]["signature"])
    return mac(known["hash"], text)


def check_outcome(record, seed):
    """Steps 16 to 20."""
    plan, result = record["plan"], record["result"]
    kind = plan["kind"]
    strata = strata_of(plan, seed) if kind == "select" else []
    demand(strata is not None, "E_QUOTA")
    demand(isinstance(result, dict) and result.get("seed") == seed.hex(), "E_SEED")
    if kind == "select":
        named = {"strata": strata}
    elif kind == "order":
        named = {"order": order_of(plan, seed)}
    else:
        named = {"coefficients": coefficients_of(plan, seed)}
    demand(same(result, {"seed": seed.hex(), **named}), "E_RESULT")
    demand(kind == "select" or not record["substitutions"], "E_SUBSTITUTION")
    rows = rows_after(plan, strata, record["substitutions"])
    demand(rows is not None, "E_SUBSTITUTION")
    demand(same(record["final"], rows), "E_FINAL")
    return rows if kind == "select" else next(iter(named.values()))


def run_case(kind, given):
    """What this program makes of a vector, in the form of its `expect`; it never looks at that."""
    if kind == "record":
        text = given.get("recordText")
        return verify((json.dumps(given["record"], ensure_ascii=False) if text is None else text).encode("utf-8", "surrogatepass"))
    if kind == "shuffle":
        seed = bytes.fromhex(given["seed"])
        key = seed if given["info"] is None else stream_key(seed, given["info"])
        return {"ok": True, "order": shuffled(range(given["n"]), numbers(key))}
    if kind == "uniform":
        source = numbers(bytes.fromhex(given["key"]))
        return {"ok": True, "values": [str(uniform(source, int(given["n"]))) for _ in range(given["count"])]}
    if kind == "uniformStream":
        values = [int(value) for value in given["values"]]
        source = iter(values)
        result = uniform(source, int(given["n"]))
        return {"ok": True, "result": str(result), "consumed": len(values) - len(list(source))}
    if kind == "vrf":
        beta = vrf_output(bytes.fromhex(given["pk"]), bytes.fromhex(given["alpha"]), bytes.fromhex(given["pi"]))
        demand(beta is not None, "E_VRF")
        return {"ok": True, "beta": beta.hex()}
    if kind == "beacon":
        demand(beacon_holds(given["round"], bytes.fromhex(given["signature"])), "E_BEACON")
        return {"ok": True}
    raise Unsupported(f"the kind {kind}")


def answer_of(run, *given):
    try:
        return run(*given)
    except Refused as refused:
        return {"error": str(refused)}
    except Unsupported as why:
        return {"unsupported": str(why)}


def print_vectors(path):
    with open(path, "rb") as file:
        cases = json.load(file)["cases"]
    for case in cases:
        print(json.dumps({"id": case["id"], "got": answer_of(run_case, case["kind"], case["input"])}))
    return 0


def print_record(path):
    with open(path, "rb") as file:
        answer = answer_of(verify, file.read())
    if "unsupported" in answer:
        print("unsupported: " + answer["unsupported"])
        return 3
    if "error" in answer:
        print(answer["error"])
        return 1
    print(json.dumps(answer, ensure_ascii=False, indent=1))
    print("ok")
    return 0


def main(words):
    try:
        if len(words) == 2 and words[0] == "--vectors":
            return print_vectors(words[1])
        if len(words) == 1 and not words[0].startswith("-"):
            return print_record(words[0])
    except (OSError, KeyError, json.JSONDecodeError) as fault:
        print(fault, file=sys.stderr)
        return 2
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
