"""Ed25519 signatures (RFC 8032, strict decoding) and ECVRF-EDWARDS25519-SHA512-TAI proofs (RFC 9381). Public values only."""

import hashlib

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)
ZERO = (0, 1, 1, 0)  # extended coordinates X, Y, Z, T


def add(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    i, j, k, m = f - e, h - g, h + g, f + e
    return (i * j % P, k * m % P, j * k % P, i * m % P)


def negative(a):
    return (-a[0] % P, a[1], a[2], -a[3] % P)


def times(scalar, point):
    total = ZERO
    while scalar:
        if scalar & 1:
            total = add(total, point)
        point = add(point, point)
        scalar >>= 1
    return total


def is_zero(a):
    return a[0] % P == 0 and (a[1] - a[2]) % P == 0


def written(a):
    inverse = pow(a[2], -1, P)
    x, y = a[0] * inverse % P, a[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def read(data):
    """The point, or None: y is below P, and a zero x has no sign."""
    wide = int.from_bytes(data, "little")
    y, sign = wide & ((1 << 255) - 1), wide >> 255
    if len(data) != 32 or y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = read((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def signature_holds(signature, message, key):
    a, r, s = read(key), read(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= Q or is_zero(times(8, a)):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    difference = add(times(s, BASE), negative(add(r, times(k, a))))
    return is_zero(times(8, difference))


def vrf_output(key, alpha, proof):
    """The 64 bytes that the proof stands for, or None."""
    y, gamma = read(key), read(proof[:32])
    c, s = int.from_bytes(proof[32:48], "little"), int.from_bytes(proof[48:], "little")
    if len(proof) != 80 or y is None or gamma is None or s >= Q or is_zero(times(8, y)):
        return None
    h = input_point(key, alpha)
    u = add(times(s, BASE), negative(times(c, y)))
    v = add(times(s, h), negative(times(c, gamma)))
    points = b"".join(written(point) for point in (y, h, gamma, u, v))
    if hashlib.sha512(b"\x03\x02" + points + b"\x00").digest()[:16] != proof[32:48]:
        return None
    return hashlib.sha512(b"\x03\x03" + written(times(8, gamma)) + b"\x00").digest()


def input_point(key, alpha):
    for counter in range(256):
        point = read(hashlib.sha512(b"\x03\x01" + key + alpha + bytes([counter, 0])).digest()[:32])
        if point is not None and not is_zero(times(8, point)):
            return times(8, point)
    raise ValueError("no counter gives a point")
