"""I-JSON text, JCS and closed shapes as evidence-v1 §1 says them."""

import datetime
import json
import re

MOST = 2**53 - 1


class NotIJson(ValueError):
    pass


def refuse(_):
    raise NotIJson()


def whole(text):
    if not re.fullmatch(r"0|-?[1-9][0-9]{0,15}", text) or abs(int(text)) > MOST:
        raise NotIJson()
    return int(text)


def without_repetition(pairs):
    members = dict(pairs)
    if len(members) != len(pairs):
        raise NotIJson()
    return members


def read(data):
    """The value. NotIJson where the specification says E_JSON."""
    try:
        text = data.decode("utf-8", "strict")
        hooks = {"object_pairs_hook": without_repetition, "parse_int": whole, "parse_float": refuse, "parse_constant": refuse}
        value = json.loads(text, **hooks)
        check(value, 1)
    except (ValueError, RecursionError) as fault:
        raise NotIJson() from fault
    return value


def check(value, depth):
    if depth > 32:
        raise NotIJson()
    if isinstance(value, str):
        value.encode("utf-8", "strict")  # a lone surrogate has no UTF-8
    elif isinstance(value, list):
        for item in value:
            check(item, depth + 1)
    elif isinstance(value, dict):
        for name, item in value.items():
            check(name, depth)
            check(item, depth + 1)


def jcs(value):
    """RFC 8785 for what I-JSON text of this kind can hold."""
    return text_of(value).encode("utf-8")


def text_of(value):
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(text_of(name) + ":" + text_of(value[name]) for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(text_of, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


# Shapes: functions that say whether a value has them.
def hex_of(length):
    return lambda value: isinstance(value, str) and re.fullmatch("[0-9a-f]{%d}" % (2 * length), value) is not None


def text(least, most, characters=None):
    def shape(value):
        if not isinstance(value, str) or (characters is not None and re.fullmatch(characters, value) is None):
            return False
        return least <= len(value.encode("utf-8")) <= most

    return shape


IDENTIFIER = text(1, 64, "[A-Za-z0-9._-]*")


def any_text(value):
    return isinstance(value, str)


def anything(_):
    return True


def integer(least=-MOST):
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= least


def one_of(*allowed):
    return lambda value: any(type(value) is type(one) and value == one for one in allowed)


def null_or(shape):
    return lambda value: value is None or shape(value)


def list_of(shape, least=0, most=MOST):
    return lambda value: isinstance(value, list) and least <= len(value) <= most and all(map(shape, value))


def closed(members, optional=None):
    known = {**members, **(optional or {})}

    def shape(value):
        if not isinstance(value, dict) or not set(members) <= set(value) <= set(known):
            return False
        return all(known[name](item) for name, item in value.items())

    return shape


def time(value):
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z", value):
        return False
    try:
        return datetime.datetime.strptime(value[:19], "%Y-%m-%dT%H:%M:%S").year >= 1970
    except ValueError:
        return False


def seconds(value):
    """POSIX seconds of a time, with its milliseconds."""
    moment = datetime.datetime.strptime(value[:19], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=datetime.timezone.utc)
    return int(moment.timestamp()) + int(value[20:23]) / 1000


def ascends(values):
    return all(a < b for a, b in zip(values, values[1:]))


def different(values):
    return len(set(values)) == len(values)
