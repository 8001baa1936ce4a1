/**
 * The pool for tests: the simulator's own register and list behind the committee's port, with real pseudonyms,
 * seals, tags and signatures, but without the wire between. For tests only.
 */
import assert from "node:assert/strict";
import { fromUtf8, hex } from "../../../../formats/bytes.ts";
import { publicKeyOf } from "../../../../formats/draw/index.ts";
import { fieldKeyOf, joinTag, listFault, openSealed, type RosterRow, rosterFault, sealedInfo } from "../../../../formats/exchange/index.ts";
import { sha256 } from "../../../../formats/jcs.ts";
import { listFor } from "../../../../simulators/expert-pool/candidates.ts";
import { expertsOf } from "../../../../simulators/expert-pool/experts.ts";
import type { Random } from "../../../kernel/index.ts";
import type { CandidateList, CandidateNeed, ExpertPool, PoolOrder } from "../ports.ts";

export interface TestPool {
  port: ExpertPool;
  /** What was handed to the outbox. */
  orders: PoolOrder[];
  /** The list that the pool answers with, checked as the exchange checks it. */
  listFor(need: CandidateNeed, version?: number): CandidateList;
}

const drawServiceSecret = sha256("test draw service\n");
const joinKey = sha256("test join key\n");
const messageKey = { kid: "pool-1", secret: sha256("test pool\n") };

export function testPool(random: Random): TestPool {
  const orders: PoolOrder[] = [];
  const context = {
    now: () => "2026-11-23T02:00:00.000Z",
    random: (length: number) => random.bytes(length),
    key: messageKey,
    fieldSecret: sha256("test pool field\n"),
  };
  return {
    orders,
    port: {
      drawServiceKey: fieldKeyOf(drawServiceSecret),
      joinKeyId: "join-1",
      send: async (_, order) => void orders.push(order),
      recusedBy(roster, creditCodes) {
        const tags = new Set(creditCodes.map((code) => joinTag(joinKey, code)));
        return roster.filter((row) => row.tags.some((tag) => tags.has(tag))).map(({ id }) => id);
      },
    },
    listFor(need, version = 1) {
      const wish = { ...need, strata: need.strata.map((stratum) => ({ ...stratum, minList: 10 })) };
      const { body } = listFor(
        wish,
        { experts: expertsOf(1), joinKey: hex(joinKey), listVersion: version, seed: 1 },
        context as unknown as Parameters<typeof listFor>[2],
      );
      const list = body as unknown as Omit<CandidateList, "roster"> & { count: number; rosterSealed: string };
      assert.equal(listFault(list, hex(publicKeyOf(messageKey.secret))), undefined);
      const roster = JSON.parse(fromUtf8(openSealed(drawServiceSecret, sealedInfo.roster(need.needId), list.rosterSealed))) as RosterRow[];
      assert.equal(rosterFault(roster, list.entries), undefined);
      return { ...list, roster };
    },
  };
}
