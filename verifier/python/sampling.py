"""The outcome from the seed (draw-v1 §4): stream, uniform numbers, shuffle, seats, order, coefficients, substitutions."""

import hashlib
import hmac


def mac(key, data):
    return hmac.new(key, data, hashlib.sha256).digest()


def stream_key(seed, info):
    return mac(seed, info.encode("utf-8") + b"\x01")


def numbers(key):
    block = 0
    while True:
        data = mac(key, b"gprt-draw-v1" + block.to_bytes(8, "big"))
        for k in range(0, 32, 8):
            yield int.from_bytes(data[k : k + 8], "big")
        block += 1


def uniform(source, n):
    while True:
        value = next(source)
        if value < 2**64 - 2**64 % n:
            return value % n


def shuffled(items, source):
    items = list(items)
    for i in range(len(items) - 1, 0, -1):
        j = uniform(source, i + 1)
        items[i], items[j] = items[j], items[i]
    return items


def eligible(plan, stratum=None):
    return [one["id"] for one in plan["pool"] if one["recusal"] is None and (stratum is None or stratum in one["strata"])]


def order_of(plan, seed):
    return shuffled(eligible(plan), numbers(stream_key(seed, "order")))


def coefficients_of(plan, seed):
    rows = []
    for item in plan["coefficients"]:
        index = uniform(numbers(stream_key(seed, "coefficient:" + item["id"])), len(item["values"]))
        rows.append({"id": item["id"], "index": index, "value": item["values"][index]})
    return rows


class Seats:
    def __init__(self, plan):
        self.limit = plan["maxPerGroup"]
        self.group = {one["id"]: one["group"] for one in plan["pool"]}
        self.seated, self.barred = set(), set()

    def admits(self, person):
        if person in self.seated or person in self.barred:
            return False
        group = self.group[person]
        if self.limit is None or group is None:
            return True
        return sum(1 for one in self.seated if self.group[one] == group) < self.limit


def strata_of(plan, seed):
    """The seats by stratum, or None where a quota is not reached."""
    seats, rows = Seats(plan), []
    for stratum in plan["strata"]:
        name, quota = stratum["id"], stratum["quota"]
        permutation = shuffled(eligible(plan, name), numbers(stream_key(seed, "stratum:" + name)))
        primary = []
        for person in permutation:
            if len(primary) < quota and seats.admits(person):
                seats.seated.add(person)
                primary.append(person)
        if len(primary) < quota:
            return None
        rows.append({"id": name, "permutation": permutation, "primary": primary})
    return rows


REASONS = {"declined", "unreachable", "recused", "absent", "ineligible"}


def rows_after(plan, strata, substitutions):
    """The final rows, or None where a substitution is not what the rules give."""
    seats = Seats(plan)
    rows = {row["id"]: list(row["primary"]) for row in strata}
    seats.seated.update(person for seated in rows.values() for person in seated)
    for step in substitutions:
        seated = rows.get(step["stratum"])
        if seated is None or step["reason"] not in REASONS or step["out"] not in seated:
            return None
        seated.remove(step["out"])
        seats.seated.discard(step["out"])
        seats.barred.add(step["out"])
        permutation = next(row["permutation"] for row in strata if row["id"] == step["stratum"])
        substitute = next((person for person in permutation if seats.admits(person)), None)
        if substitute != step["in"]:
            return None
        if substitute is not None:
            seats.seated.add(substitute)
            seated.append(substitute)
    return [{"stratum": row["id"], "seated": rows[row["id"]]} for row in strata]
