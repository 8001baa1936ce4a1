/** The ceremony as anybody may read and check it, from its first row on. */
import { Type } from "@sinclair/typebox";
import { CeremonyMember, ceremonyHash, Round1Row, Round2Row, Round3Row, SealCeremony } from "../../../formats/seal/index.ts";
import { read } from "../transaction/index.ts";
import { type Ceremony, findCeremony, memberNumber, memberRoles, planOf, postsOf, wholeOf } from "./ceremony.ts";

const plan = Type.Object({
  suite: Type.Integer(),
  tenderId: Type.String(),
  lotId: Type.String(),
  t: Type.Integer(),
  members: Type.Array(CeremonyMember),
});

export const ceremonyRead = read({
  path: "/lots/:lotId/ceremony",
  title: "开标密钥生成",
  group: "ceremony.public",
  response: Type.Object({
    state: Type.String(),
    suite: Type.Integer(),
    t: Type.Integer(),
    /** Who has accepted. */
    members: Type.Array(Type.Object({ role: Type.String(), member: Type.Integer(), signKey: Type.String(), encKey: Type.String() })),
    /** Once all have accepted: what every desk computes with. */
    plan: Type.Union([plan, Type.Null()]),
    posts: Type.Object({ round1: Type.Array(Round1Row), round2: Type.Array(Round2Row), round3: Type.Array(Round3Row) }),
    /** The same as a member's desk reads it: a row per member, null where nothing is posted; once all have accepted. */
    board: Type.Union([
      Type.Object({
        plan,
        round1: Type.Array(Type.Union([Round1Row, Type.Null()])),
        round2: Type.Array(Type.Union([Round2Row, Type.Null()])),
        round3: Type.Array(Round3Row),
        acks: Type.Array(Type.Union([Type.String(), Type.Null()])),
      }),
      Type.Null(),
    ]),
    /** Which members have posted each round, and which have acknowledged. */
    posted: Type.Object({
      round1: Type.Array(Type.Integer()),
      round2: Type.Array(Type.Integer()),
      round3: Type.Array(Type.Integer()),
      acks: Type.Array(Type.Integer()),
    }),
    voidedBecause: Type.Union([Type.String(), Type.Null()]),
    /** The whole file, once it is sealed. */
    ceremony: Type.Union([SealCeremony, Type.Null()]),
    ceremonyHash: Type.Union([Type.String(), Type.Null()]),
    sealedAt: Type.Union([Type.String(), Type.Null()]),
  }),
  async load({ tx, lot }) {
    const ceremony = await findCeremony(tx, lot.id);
    if (!ceremony) return undefined;
    const { state, suite, t, members, round1, round2, round3, acks, voidedBecause, sealedAt } = ceremony;
    const whole = state === "sealed" ? wholeOf(ceremony) : null;
    return {
      state,
      suite,
      t,
      members: [...members.values()].map(({ role, signKey, encKey }) => ({ role, member: memberNumber(role), signKey, encKey })),
      plan: planOf(ceremony) ?? null,
      posts: postsOf(ceremony),
      board: boardOf(ceremony),
      posted: { round1: [...round1.keys()], round2: [...round2.keys()], round3: [...round3.keys()], acks: [...acks.keys()] },
      voidedBecause,
      ceremony: whole,
      ceremonyHash: whole && ceremonyHash(whole),
      sealedAt,
    };
  },
});

function boardOf(ceremony: Ceremony) {
  const plan = planOf(ceremony);
  const perMember = <Row>(rows: ReadonlyMap<number, Row>) => memberRoles.map((_, i) => rows.get(i + 1) ?? null);
  const { round1, round2, acks } = ceremony;
  return plan
    ? { plan, round1: perMember(round1), round2: perMember(round2), round3: postsOf(ceremony).round3, acks: perMember(acks) }
    : null;
}
