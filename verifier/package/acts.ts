/**
 * seal/acts/<bidDigest>.json: the act with which a bidder handed in that bid, signed by its certificate or passkey. The
 * bid itself is signed by a key that may have been made for it alone; the act is what ties that key to a person.
 */
import { hex } from "../../formats/bytes.ts";
import { jcs, jcsText, sha256 } from "../../formats/jcs.ts";
import { type ActFamily, actKey, actSignature, familyOfHolding } from "../act-signature.ts";
import { readIJson, type Value } from "../i-json.ts";
import { anyText, closed, integer, isObject, nullOr, oneOf } from "../shapes.ts";
import type { Folder } from "./folder.ts";
import { demand } from "./refused.ts";

export type ActFacts = { path: string; bidDigest: string; family: ActFamily };

const command = closed(
  { v: integer(1, 1), act: oneOf("bid.seal"), commandId: anyText, membership: anyText, lotId: nullOr(anyText), data: isObject },
  { nonce: anyText },
);
const shape = closed({ format: oneOf("act/v1"), command, key: actKey, sig: actSignature });

type Act = { command: { lotId: string; data: { [name: string]: Value } }; key: string; sig: string };

/** What of a bid its act has to say, word for word. */
const bound = ["header", "root", "cipherSize", "signKey", "sig"] as const;
export type BoundBid = { readonly bidDigest: string; readonly lotId: string; readonly bid: { readonly [name: string]: Value } };

export function checkAct(folder: Folder, path: string, bids: readonly BoundBid[]): ActFacts {
  const value = readIJson(folder.read(path));
  demand(value !== undefined && shape(value), "E_ACT", path, "not an act");
  const { command: said, key, sig } = value as unknown as Act;
  const found = bids.find(({ bidDigest }) => path === `seal/acts/${bidDigest}.json`);
  demand(found !== undefined, "E_PACKAGE", path, "belongs to no bid of the package");
  const family = familyOfHolding({ digest: hex(sha256(jcs(said))), key, sig });
  demand(family !== undefined, "E_ACT", path, "the signature of the act does not hold");
  const isSame = said.lotId === found.lotId && bound.every((name) => jcsText(said.data[name] ?? null) === jcsText(found.bid[name] ?? null));
  demand(isSame, "E_ACT", path, "the act is about another bid");
  return { path, bidDigest: found.bidDigest, family };
}
