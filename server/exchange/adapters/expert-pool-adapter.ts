/** ExpertPoolPort over the message protocol of expert-pool.md. A list that fails any check is refused as a whole. */
import { fromUtf8, utf8 } from "../../../formats/bytes.ts";
import {
  type Envelope,
  joinTag,
  listFault,
  openSealed,
  type PoolEntry,
  type RosterRow,
  rosterFault,
  type SaltRow,
  type SealedExpert,
  sealedInfo,
  sealTo,
} from "../../../formats/exchange/index.ts";
import type { Random } from "../../kernel/index.ts";
import type { ExchangeClient } from "../exchange-client.ts";
import type { MessageDraft } from "../message-draft.ts";
import type { ExpertPoolPort, PoolFact } from "../ports/expert-pool-port.ts";

// biome-ignore lint/suspicious/noExplicitAny: the ear has checked the body against the schema of its type.
type Fields = Readonly<Record<string, any>>;

export function expertPoolAdapter(client: ExchangeClient, random: Random, to = "sim-pool"): ExpertPoolPort {
  const draft = (type: string, needId: string, body: Record<string, unknown>): MessageDraft => ({
    to,
    type,
    object: `need/${needId}`,
    body: { needId, ...body },
  });
  return {
    requestCandidates: ({ needId, strata, ...need }) =>
      // expert-pool.md §1: minList ≥ max(3 × quota, 10).
      draft("pool.requestCandidates", needId, {
        ...need,
        strata: strata.map((stratum) => ({ ...stratum, minList: Math.max(3 * stratum.quota, 10) })),
      }),
    summon: ({ needId, callNo, id, ...call }) => {
      const peer = client.findPeer(to);
      if (peer?.fieldKey === undefined) throw new Error(`${to} has no field key`);
      const sealed: SealedExpert = { needId, id };
      return draft("pool.summon", needId, {
        callNo,
        ...call,
        idSealed: sealTo(peer.fieldKey, sealedInfo.summon(needId, callNo), utf8(JSON.stringify(sealed)), (length) => random.bytes(length)),
      });
    },
    cancelSummon: (needId, callNo, cause) => draft("pool.cancelSummon", needId, { callNo, cause }),
    arrived: (needId, callNo, at) => draft("pool.arrived", needId, { callNo, at }),
    absent: (needId, callNo, at) => draft("pool.absent", needId, { callNo, at }),
    finished: (needId, worked, drawRecordSha256) =>
      draft("pool.finished", needId, {
        worked: worked.map(({ feeFen, ...row }) => ({ ...row, feeFen: feeFen.toString() })),
        drawRecordSha256,
      }),
    readFact: (envelope, secret) =>
      factOf(
        envelope,
        secret,
        (client.findPeer(to)?.keys ?? []).map(({ pub }) => pub),
      ),
    recusedBy: (roster, creditCodes, joinKey) => {
      const tags = new Set(creditCodes.map((code) => joinTag(joinKey, code)));
      return roster.filter((row) => row.tags.some((tag) => tags.has(tag))).map(({ id }) => id);
    },
    openSalts: (needId, saltsSealed, secret) =>
      JSON.parse(fromUtf8(openSealed(secret, sealedInfo.salts(needId), saltsSealed))) as SaltRow[],
  };
}

function factOf({ type, body }: Envelope, secret: Uint8Array, keys: readonly string[]): PoolFact | undefined {
  const fields = body as Fields;
  switch (type) {
    case "pool.candidates":
      return candidatesOf(fields, secret, keys);
    case "pool.tooFew":
      return { fact: "tooFew", needId: fields.needId, stratum: fields.stratum, available: fields.available, offer: fields.offer };
    case "pool.answer":
      return { fact: "answered", ...(fields as { needId: string; callNo: number; answer: "accepted"; at: string }) };
    case "pool.suspended": {
      const { needId, id } = JSON.parse(fromUtf8(openSealed(secret, sealedInfo.expert, fields.expertSealed))) as SealedExpert;
      return { fact: "suspended", needId, id, fromAt: fields.fromAt, cause: fields.cause };
    }
    case "pool.feedbackReceived":
      return { fact: "feedbackReceived", feedbackId: fields.feedbackId, outcome: fields.outcome };
    default:
      return undefined;
  }
}

function candidatesOf(fields: Fields, secret: Uint8Array, keys: readonly string[]): PoolFact {
  const list = fields as { needId: string; entries: PoolEntry[]; count: number; listRoot: string; poolSig: string };
  const refused = (reason: Extract<PoolFact, { fact: "listRefused" }>["reason"]): PoolFact => ({
    fact: "listRefused",
    needId: list.needId,
    reason,
  });
  const faults = keys.map((key) => listFault(list, key));
  const fault = faults.includes(undefined) ? undefined : (faults.find((one) => one !== "signature") ?? "signature");
  if (fault !== undefined) return refused(fault);
  let roster: RosterRow[];
  try {
    roster = JSON.parse(fromUtf8(openSealed(secret, sealedInfo.roster(list.needId), fields.rosterSealed))) as RosterRow[];
  } catch {
    return refused("roster-key");
  }
  const rows = rosterFault(roster, list.entries);
  if (rows !== undefined) return refused(rows);
  const { needId, listVersion, asOf, entries, listRoot, poolSig, saltsSealed } = fields;
  return { fact: "listed", list: { needId, listVersion, asOf, entries, listRoot, poolSig, saltsSealed, roster } };
}
