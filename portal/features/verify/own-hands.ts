/**
 * The few lines of Python that recompute a coefficient from a draw's published seed (draw-v1 §4). A test runs them:
 * what the page shows has to work as it stands.
 */
export const ownHands = `import hashlib, hmac, json
p = json.load(open("proof.json")); mac = lambda k, m: hmac.new(k, m, hashlib.sha256).digest()
for item in p["plan"]["coefficients"]:
    key = mac(bytes.fromhex(p["result"]["seed"]), b"coefficient:" + item["id"].encode() + b"\\x01")
    n, at, v = len(item["values"]), 0, 2**64
    while v >= 2**64 - 2**64 % n:
        v = int.from_bytes(mac(key, b"gprt-draw-v1" + (at // 4).to_bytes(8, "big"))[at % 4 * 8:][:8], "big"); at += 1
    print(item["id"], item["values"][v % n])`;
