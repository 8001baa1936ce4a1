"""The drand check of draw-v1 §3.6: a BLS signature in G1 of BLS12-381, by the pairing equation. Public values only."""

import hashlib

from bls_isogeny import X_DENOMINATOR, X_NUMERATOR, Y_DENOMINATOR, Y_NUMERATOR

P = 0x1A0111EA397FE69A4B1BA7B6434BACD764774B84F38512BF6730D2A0F6B0F6241EABFFFEB153FFFFB9FEFFFFFFFFAAAB
R = 0x73EDA753299D7D483339D80809A1D80553BDA402FFFE5BFEFFFFFFFF00000001
X = 0xD201000000010000  # the curve's parameter, without its sign
DOMAIN = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
CHAIN_KEY = bytes.fromhex(
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451"
    "0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
G2 = (
    (
        0x024AA2B2F08F0A91260805272DC51051C6E47AD4FA403B02B4510B647AE3D1770BAC0326A805BBEFD48056C8C121BDB8,
        0x13E02B6052719F607DACD3A088274F65596BD0D09920B61AB5DA61BBDC7F5049334CF11213945D57E5AC7D055D042B7E,
    ),
    (
        0x0CE5D527727D6E118CC9CDC6DA2E351AADFD9BAA8CBDD3A76D429A695160D12C923AC9CC3BACA289E193548608B82801,
        0x0606C4A02EA734CC32ACD2B02BC28B99CB3E287E85A763AF267492AB572E99AB3F370D275CEC1DA1AAA9075FF05F79BE,
    ),
)


def inverse(a):
    return pow(a, -1, P)


def square_root(a):
    """A root modulo P, or None where there is none (P is 3 modulo 4)."""
    root = pow(a, (P + 1) // 4, P)
    return root if root * root % P == a % P else None


# Points of G1 as (x, y); None is the point at infinity.
def add1(a, b):
    if a is None or b is None:
        return a if b is None else b
    if a[0] == b[0]:
        if (a[1] + b[1]) % P == 0:
            return None
        slope = 3 * a[0] * a[0] * inverse(2 * a[1])
    else:
        slope = (b[1] - a[1]) * inverse(b[0] - a[0])
    x = (slope * slope - a[0] - b[0]) % P
    return (x, (slope * (a[0] - x) - a[1]) % P)


def times1(scalar, point):
    total = None
    while scalar:
        if scalar & 1:
            total = add1(total, point)
        point = add1(point, point)
        scalar >>= 1
    return total


def read1(data):
    """A finite point of the prime-order subgroup from its one canonical writing, or None."""
    flags, x = data[0] >> 5, int.from_bytes(data, "big") & ((1 << 381) - 1)
    if len(data) != 48 or flags & 6 != 4 or x >= P:
        return None
    y = square_root((x * x * x + 4) % P)
    if y is None:
        return None
    point = (x, P - y if (y > P // 2) != bool(flags & 1) else y)
    return point if times1(R, point) is None else None


# Fp2 = Fp[u]/(u² + 1): pairs.
def add2(a, b):
    return ((a[0] + b[0]) % P, (a[1] + b[1]) % P)


def sub2(a, b):
    return ((a[0] - b[0]) % P, (a[1] - b[1]) % P)


def mul2(a, b):
    return ((a[0] * b[0] - a[1] * b[1]) % P, (a[0] * b[1] + a[1] * b[0]) % P)


def scale2(a, k):
    return (a[0] * k % P, a[1] * k % P)


def inverse2(a):
    norm = inverse(a[0] * a[0] + a[1] * a[1])
    return (a[0] * norm % P, -a[1] * norm % P)


def square_root2(a):
    """A root of a number of Fp2 whose norm is a square; of the chain key it is."""
    norm = square_root((a[0] * a[0] + a[1] * a[1]) % P)
    half = inverse(2)
    x = square_root((a[0] + norm) * half % P)
    if x is None:
        x = square_root((a[0] - norm) * half % P)
    return (x, a[1] * inverse(2 * x) % P)


def read_chain_key():
    wide = int.from_bytes(CHAIN_KEY[:48], "big")
    x = (int.from_bytes(CHAIN_KEY[48:], "big"), wide & ((1 << 381) - 1))
    y = square_root2(add2(mul2(mul2(x, x), x), (4, 4)))
    is_greater = y[1] > P // 2 if y[1] else y[0] > P // 2
    return (x, y if is_greater == bool(wide >> 381 & 1) else sub2((0, 0), y))


# Fp12 = Fp2[w]/(w⁶ − (1 + u)): six numbers of Fp2.
ONE12 = [(1, 0)] + [(0, 0)] * 5


def mul12(a, b):
    wide = [[0, 0] for _ in range(11)]
    for i, (a0, a1) in enumerate(a):
        if a0 == 0 and a1 == 0:
            continue
        for j, (b0, b1) in enumerate(b):
            wide[i + j][0] += a0 * b0 - a1 * b1
            wide[i + j][1] += a0 * b1 + a1 * b0
    low = wide[:6]
    for k, (c0, c1) in enumerate(wide[6:]):
        low[k][0] += c0 - c1
        low[k][1] += c0 + c1
    return [(c0 % P, c1 % P) for c0, c1 in low]


def power12(a, exponent):
    total = ONE12
    for bit in bin(exponent)[2:]:
        total = mul12(total, total)
        if bit == "1":
            total = mul12(total, a)
    return total


def line(slope, at, p):
    """The line of that slope through a point of the twist, at a point of G1, times w³ (which the last power removes)."""
    value = [(0, 0)] * 6
    value[0] = sub2(mul2(slope, at[0]), at[1])
    value[2] = scale2(slope, -p[0])
    value[3] = (p[1], 0)
    return value


def miller(p, q):
    """The Miller loop over X; its sign would only invert a product that is compared with one."""
    total, t = ONE12, q
    for bit in bin(X)[3:]:
        slope = mul2(scale2(mul2(t[0], t[0]), 3), inverse2(scale2(t[1], 2)))
        total = mul12(mul12(total, total), line(slope, t, p))
        t = third(t, t, slope)
        if bit == "1":
            slope = mul2(sub2(q[1], t[1]), inverse2(sub2(q[0], t[0])))
            total = mul12(total, line(slope, t, p))
            t = third(t, q, slope)
    return total


def third(a, b, slope):
    x = sub2(sub2(mul2(slope, slope), a[0]), b[0])
    return (x, sub2(mul2(slope, sub2(a[0], x)), a[1]))


def expand(message, length):
    """expand_message_xmd with SHA-256 (RFC 9380 §5.3.1)."""
    domain = DOMAIN + bytes([len(DOMAIN)])
    first = hashlib.sha256(bytes(64) + message + length.to_bytes(2, "big") + b"\x00" + domain).digest()
    block, out = hashlib.sha256(first + b"\x01" + domain).digest(), b""
    for i in range(2, length // 32 + 2):
        out += block
        block = hashlib.sha256(bytes(x ^ y for x, y in zip(first, block)) + bytes([i]) + domain).digest()
    return out


A_ISO = 0x144698A3B8E9433D693A02C96D4982B0EA985383EE66A8D8E8981AEFD881AC98936F8DA0E0F97F5CF428082D584C1D
B_ISO = 0x12E2908D11688030018B12E8753EEE3B2016C1F0F24F4070A0B9C14FCEF35EF55A23215A316CEAA5D1CC48E98E172BE0
Z_ISO = 11


def map_to_curve(u):
    """Simplified SWU on the isogenous curve, then the isogeny (RFC 9380 §6.6.3)."""
    zu = Z_ISO * u * u % P
    spread = (zu * zu + zu) % P
    x = B_ISO * inverse(Z_ISO * A_ISO) if spread == 0 else -B_ISO * inverse(A_ISO) * (1 + inverse(spread))
    y = square_root((x * x * x + A_ISO * x + B_ISO) % P)
    if y is None:
        x = zu * x % P
        y = square_root((x * x * x + A_ISO * x + B_ISO) % P)
    if u % 2 != y % 2:
        y = P - y
    at = [sum(c * pow(x, k, P) for k, c in enumerate(row)) for row in (X_NUMERATOR, X_DENOMINATOR, Y_NUMERATOR, Y_DENOMINATOR)]
    return (at[0] * inverse(at[1]) % P, y * at[2] * inverse(at[3]) % P)


def hash_to_curve(message):
    wide = expand(message, 128)
    u = [int.from_bytes(wide[k : k + 64], "big") % P for k in (0, 64)]
    return times1(X + 1, add1(map_to_curve(u[0]), map_to_curve(u[1])))


def beacon_holds(round_number, signature):
    """e(signature, G2) = e(H(round), chain key)."""
    point = read1(signature) if round_number >= 1 else None
    if point is None:
        return False
    message = hash_to_curve(hashlib.sha256(round_number.to_bytes(8, "big")).digest())
    both = mul12(miller(point, G2), miller((message[0], P - message[1]), read_chain_key()))
    return power12(both, (P**12 - 1) // R) == ONE12
