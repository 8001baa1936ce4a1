/**
 * The key ceremony of a lot (seal-v1 §3): buyer, trading centre and supervision authority make one key of
 * which any two hold enough. The server takes the rows in order, checks each by the public checks of
 * the format, and keeps no secret; what it publishes anybody can check again.
 */
import {
  assembleCeremony,
  type CeremonyMember,
  type CeremonyPlan,
  type CeremonyPosts,
  type Round1Row,
  type Round2Row,
  type Round3Row,
  type SealCeremony,
} from "../../../formats/seal/index.ts";
import { end, type StateOf, states } from "../../kernel/index.ts";
import { foldStream, type Queryable, type RecordedEvent } from "../../record/index.ts";
import { streamOf } from "../transaction/index.ts";

export const ceremonyStates = states({
  running: { accept: "running", post: "running", acknowledge: "running", seal: "sealed", void: "void" },
  void: { start: "running" },
  sealed: end,
});

/** Roles as seal-v1 names them, in the order of members 1, 2, 3. */
export const memberRoles = ["buyer", "tradingCentre", "supervisionAuthority"] as const;
export type MemberRole = (typeof memberRoles)[number];

export interface Member extends CeremonyMember {
  role: MemberRole;
  personId: string;
}

export interface Ceremony {
  state: StateOf<typeof ceremonyStates>;
  suite: 1 | 2;
  tenderId: string;
  lotId: string;
  t: number;
  /** Who has accepted, by role. */
  members: ReadonlyMap<MemberRole, Member>;
  round1: ReadonlyMap<number, Round1Row>;
  round2: ReadonlyMap<number, Round2Row>;
  round3: ReadonlyMap<number, readonly Round3Row[]>;
  acks: ReadonlyMap<number, string>;
  /** Accused in an earlier attempt: they take no further part (seal-v1 §3 step 4). */
  excluded: readonly string[];
  voidedBecause: string | null;
  sealedAt: string | null;
}

export function evolveCeremony(ceremony: Ceremony | undefined, event: RecordedEvent): Ceremony {
  const { data, type } = event;
  if (type === "cer.started") {
    const empty = { members: new Map(), round1: new Map(), round2: new Map(), round3: new Map(), acks: new Map() };
    return {
      state: "running",
      suite: data.suite,
      tenderId: data.tenderId,
      lotId: data.lotId,
      t: data.t,
      ...empty,
      excluded: ceremony?.excluded ?? [],
      voidedBecause: null,
      sealedAt: null,
    };
  }
  if (!ceremony) throw new Error(`${type} comes before cer.started`);
  switch (type) {
    case "cer.accepted":
      return {
        ...ceremony,
        members: new Map(ceremony.members).set(data.role, {
          role: data.role,
          personId: event.actor,
          signKey: data.signKey,
          encKey: data.encKey,
        }),
      };
    case "cer.round1Posted":
      return { ...ceremony, round1: new Map(ceremony.round1).set(data.member, data.row) };
    case "cer.round2Posted":
      return { ...ceremony, round2: new Map(ceremony.round2).set(data.member, data.row) };
    case "cer.round3Posted":
      return { ...ceremony, round3: new Map(ceremony.round3).set(data.member, data.rows) };
    case "cer.acknowledged":
      return { ...ceremony, acks: new Map(ceremony.acks).set(data.member, data.ack) };
    case "cer.sealed":
      return { ...ceremony, state: "sealed", sealedAt: event.at };
    case "cer.voided":
      return { ...ceremony, state: "void", excluded: [...ceremony.excluded, data.excluded], voidedBecause: data.code };
    default:
      return ceremony;
  }
}

/** Member j of a role, 1..n. */
export function memberNumber(role: MemberRole): number {
  return memberRoles.indexOf(role) + 1;
}

/** What is agreed once all have accepted; undefined before. */
export function planOf({ suite, tenderId, lotId, t, members }: Ceremony): CeremonyPlan | undefined {
  const all = memberRoles.map((role) => members.get(role));
  if (all.some((member) => member === undefined)) return undefined;
  return { suite, tenderId, lotId, t, members: (all as Member[]).map(({ role, signKey, encKey }) => ({ role, signKey, encKey })) };
}

/** Rows so far in order of members; a round with a gap ends at the gap. */
export function postsOf({ round1, round2, round3 }: Ceremony): CeremonyPosts {
  const inOrder = <Row>(rows: ReadonlyMap<number, Row>) => memberRoles.map((_, i) => rows.get(i + 1)).filter((row) => row !== undefined);
  return { round1: inOrder(round1), round2: inOrder(round2), round3: inOrder(round3).flat() };
}

export function isRoundDone(rows: ReadonlyMap<number, unknown>): boolean {
  return rows.size === memberRoles.length;
}

/** The whole ceremony as far as it is acknowledged. @throws RangeError before all rows of round 3 are there. */
export function wholeOf(ceremony: Ceremony): SealCeremony {
  const plan = planOf(ceremony);
  if (!plan) throw new RangeError("the members are not complete");
  const acks = memberRoles.map((_, i) => ceremony.acks.get(i + 1)).filter((ack) => ack !== undefined);
  return { ...assembleCeremony(plan, postsOf(ceremony)), acks };
}

export function findCeremony(db: Queryable, lotId: string): Promise<Ceremony | undefined> {
  return foldStream(db, streamOf("cer", lotId), evolveCeremony);
}

/** The sealed ceremony of the lot, a whole `seal-ceremony/v1`; undefined until it is sealed. */
export async function ceremonyOf(db: Queryable, lotId: string): Promise<SealCeremony | undefined> {
  const ceremony = await findCeremony(db, lotId);
  return ceremony?.state === "sealed" ? wholeOf(ceremony) : undefined;
}

/** Which member of the lot's ceremony this person is, 1..n; undefined for anybody else. */
export async function memberIndexOf(db: Queryable, lotId: string, personId: string): Promise<number | undefined> {
  const ceremony = await findCeremony(db, lotId);
  const member = [...(ceremony?.members.values() ?? [])].find((candidate) => candidate.personId === personId);
  return member && memberNumber(member.role);
}
