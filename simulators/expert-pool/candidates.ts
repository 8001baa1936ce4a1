/**
 * The sealed hand-over of a list (expert-pool.md §2): salts to the supervisor, roster to the draw service, and to
 * everybody only pseudonyms. Any one of the three parts alone cannot name a member.
 */
import { fromHex, hex, utf8 } from "../../formats/bytes.ts";
import {
  joinTag,
  joinTagsPerRow,
  listRootOf,
  type PoolEntry,
  pseudonymOf,
  type RosterRow,
  type SaltRow,
  sealedInfo,
  sealTo,
  signList,
} from "../../formats/exchange/index.ts";
import { sha256 } from "../../formats/jcs.ts";
import type { Context } from "../frame/system-definition.ts";
import { type Expert, recusalOf, unitsOf } from "./experts.ts";

export interface Need {
  readonly needId: string;
  readonly drawId: string;
  readonly strata: readonly { readonly id: string; readonly speciality: string; readonly quota: number; readonly minList: number }[];
  readonly regions: readonly string[];
  readonly windowStartAt: string;
  readonly windowEndAt: string;
  readonly avoidUnits: readonly string[];
  readonly supervisorKey: string;
  readonly drawServiceKey: string;
  readonly joinKeyId: string;
}

export interface Listed {
  readonly experts: readonly { readonly id: string; readonly memberId: string }[];
  readonly body: {
    readonly needId: string;
    readonly listVersion: number;
    readonly entries: readonly PoolEntry[];
    readonly [more: string]: unknown;
  };
}

export interface ListParts {
  readonly experts: readonly Expert[];
  readonly joinKey: string;
  readonly listVersion: number;
  /** 0: salts from chance; else from the seed, so that a story repeats. */
  readonly seed: number;
}

/** The first stratum with too few eligible experts, as a band and never as a count. */
export function tooFewFor(need: Need, experts: readonly Expert[]): { stratum: string; available: "<5" | "<10" | "≥10" } | undefined {
  for (const stratum of need.strata) {
    const eligible = experts.filter(
      (expert) => isListed(expert, need) && expert.specialities.includes(stratum.speciality) && recusalOf(expert, need.avoidUnits) === null,
    ).length;
    if (eligible < stratum.minList) return { stratum: stratum.id, available: eligible < 5 ? "<5" : eligible < 10 ? "<10" : "≥10" };
  }
  return undefined;
}

export function listFor(need: Need, parts: ListParts, context: Context): Listed {
  const rows = parts.experts.filter((expert) => isListed(expert, need)).map((expert) => rowOf(expert, need, parts, context));
  rows.sort((a, b) => (a.entry.id < b.entry.id ? -1 : 1));
  const entries = rows.map(({ entry }) => entry);
  const salts: SaltRow[] = rows.map(({ salt, expert, entry }) => ({ id: entry.id, salt: hex(salt), memberId: expert.memberId }));
  const roster: RosterRow[] = rows.map(({ expert, entry }) => rosterRowOf(expert, entry.id, parts.joinKey, context));
  const seal = (key: string, info: string, value: unknown) => sealTo(key, info, utf8(JSON.stringify(value)), context.random);
  const body = {
    needId: need.needId,
    listVersion: parts.listVersion,
    asOf: context.now(),
    entries,
    count: entries.length,
    listRoot: listRootOf(entries),
    saltsSealed: seal(need.supervisorKey, sealedInfo.salts(need.needId), salts),
    rosterSealed: seal(need.drawServiceKey, sealedInfo.roster(need.needId), roster),
  };
  return { experts: salts.map(({ id, memberId }) => ({ id, memberId })), body: signList(body, context.key) };
}

function isListed(expert: Expert, need: Need): boolean {
  return need.regions.includes(expert.regionCode) && need.strata.some(({ speciality }) => expert.specialities.includes(speciality));
}

function rowOf(expert: Expert, need: Need, { seed }: ListParts, context: Context) {
  const salt = seed === 0 ? context.random(32) : sha256(`simulated salt\n${seed}\n${need.needId}\n${expert.memberId}`);
  const groupSalt = sha256(`simulated group\n${seed}\n${need.needId}\n`, context.fieldSecret);
  const strata = need.strata.filter(({ speciality }) => expert.specialities.includes(speciality)).map(({ id }) => id);
  const entry: PoolEntry = {
    id: pseudonymOf(salt, expert.memberId),
    group: pseudonymOf(seed === 0 ? groupSalt : sha256(`simulated group\n${seed}\n${need.needId}`), expert.employerName),
    strata,
    recusal: recusalOf(expert, need.avoidUnits),
  };
  return { expert, salt, entry };
}

/** Real tags are filled up with random ones to exactly 16 and sorted, so that neither number nor place says anything. */
function rosterRowOf(expert: Expert, id: string, joinKey: string, context: Context): RosterRow {
  const tags = unitsOf(expert)
    .slice(0, joinTagsPerRow)
    .map((unit) => joinTag(fromHex(joinKey), unit));
  while (tags.length < joinTagsPerRow) tags.push(hex(context.random(32)));
  const { name, phone, title, employerName, regionCode } = expert;
  return { id, expertRef: expert.memberId, contact: { name, phone, title, employerName, regionCode }, tags: tags.sort() };
}
