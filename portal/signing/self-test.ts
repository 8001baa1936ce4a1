/**
 * The checks of the self-test, each answering by itself: whether this device, the person's key and the platform can sign
 * and seal. Nothing here has legal effect: the trial signature is over bytes that are no act.
 */
import { softwareSigner } from "../../formats/act-signers.ts";
import { equalBytes } from "../../formats/bytes.ts";
import { drawSealSecrets, makeHeader, newKeyPair, suiteOf, unwrapKb } from "../../formats/seal/index.ts";
import { selfTestMessage } from "../../formats/self-test.ts";
import { judgeSelfTest, selfTestChallenge } from "../api/account.ts";
import { currentMembership } from "../api/membership.ts";
import { serverNow } from "../api/server-clock.ts";
import { dayText } from "../ui/time.ts";
import { type WordKey, words } from "../words/index.ts";
import { currentKeys, type PersonKeys } from "./keys.ts";

/** What one check found, in words. */
export type Finding = { readonly name: WordKey; readonly good: boolean; readonly text: string };

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));

function finding(name: "secure" | "clock" | "key" | "sign" | "seal", good: boolean, more: Readonly<Record<string, string>> = {}): Finding {
  return { name: `test.${name}`, good, text: words(`test.${name}${good ? "Good" : "Bad"}`, more) };
}

/** Runs all checks in their order; `found` hears of each as soon as it is known. */
export async function runSelfTest(found: (finding: Finding) => void): Promise<void> {
  found(finding("secure", globalThis.isSecureContext && "subtle" in crypto));
  found(finding("clock", serverNow() !== undefined));
  const keys = await currentKeys().catch(() => undefined);
  found(finding("key", keys !== undefined, { family: keys ? words(`acc.family.${keys.sign.family}`) : "" }));
  found(keys ? await trySign(keys) : finding("sign", false));
  found(finding("seal", keys !== undefined && ([1, 2] as const).every((suite) => canSeal(keys, suite))));
}

/** Signs as an act would be signed, and lets the platform judge it as it would judge an act. */
async function trySign(keys: PersonKeys): Promise<Finding> {
  try {
    const challenge = await selfTestChallenge();
    const sig = await softwareSigner(keys.sign, location.origin).sign(selfTestMessage(challenge));
    const result = await judgeSelfTest({ membership: currentMembership() ?? "", nonce: challenge.nonce, sig });
    if (!result.refusal)
      return finding("sign", result.signature === "holds", { until: result.notAfter ? dayText(Date.parse(result.notAfter)) : "" });
    return { name: "test.sign", good: false, text: [result.refusal.message, result.refusal.whatToDo].filter(Boolean).join("") };
  } catch (error) {
    return { name: "test.sign", good: false, text: error instanceof Error ? error.message : String(error) };
  }
}

/** A trial header for nobody: Kb is wrapped to the person's key and unwrapped with it. */
function canSeal(keys: PersonKeys, id: 1 | 2): boolean {
  const suite = suiteOf(id);
  const secrets = drawSealSecrets(suite, random);
  const place = { suite: id, tenderId: "self-test", lotId: "self-test", part: "all" as const, bidderId: "self-test", version: 1 };
  const fields = { ...place, pk: newKeyPair(suite, random).key, ceremony: "00".repeat(32), size: 1, bidderEncKey: keys.seal[id].key };
  const kb = unwrapKb(makeHeader(fields, secrets), keys.seal[id].secret);
  return kb !== undefined && equalBytes(kb, secrets.kb);
}
