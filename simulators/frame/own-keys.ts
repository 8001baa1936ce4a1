/**
 * A simulator's own keys: made at its first start in its own folder (0600), never sent anywhere. There is a
 * retired message key too, so that a peer can be tried with an old one.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fromHex, hex } from "../../formats/bytes.ts";
import { fieldKeyOf, messageKeyOf, type Peer, type RandomBytes, randomScalar, type SigningKey } from "../../formats/exchange/index.ts";

export interface OwnKeys {
  readonly message: SigningKey;
  readonly retired: SigningKey;
  readonly fieldSecret: Uint8Array;
}

export function ownKeysIn(home: string, random: RandomBytes): OwnKeys {
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const path = join(home, "keys.json");
  if (!existsSync(path)) {
    const made = { message: hex(random(32)), retired: hex(random(32)), field: hex(randomScalar(random)) };
    writeFileSync(path, JSON.stringify(made), { mode: 0o600, flush: true });
  }
  const kept = JSON.parse(readFileSync(path, "utf8")) as { message: string; retired: string; field: string };
  return {
    message: { kid: "k1", secret: fromHex(kept.message) },
    retired: { kid: "k0", secret: fromHex(kept.retired) },
    fieldSecret: fromHex(kept.field),
  };
}

/** The row of the peer file that others keep about this system. */
export function peerRowOf(keys: OwnKeys, system: string, baseUrl: string): Peer {
  return {
    system,
    baseUrl,
    environment: "sandbox",
    keys: [
      messageKeyOf(keys.message, "2020-01-01T00:00:00.000Z", "2099-12-31T00:00:00.000Z"),
      messageKeyOf(keys.retired, "2019-01-01T00:00:00.000Z", "2019-12-31T00:00:00.000Z"),
    ],
    fieldKey: fieldKeyOf(keys.fieldSecret),
  };
}
