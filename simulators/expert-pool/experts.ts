/**
 * The register of the simulated provincial pool: the 36 experts of the sandbox city, and made-up ones until each
 * speciality has at least 14. All fictional. Only the pool knows names.
 */
import { readFileSync } from "node:fs";
import { sha256 } from "../../formats/jcs.ts";

export interface Relation {
  readonly kind: string;
  /** Credit code of the unit, or null where the ground names none (a punishment). */
  readonly unit: string | null;
  readonly endedYearsAgo?: number;
}

export interface Expert {
  readonly memberId: string;
  readonly expertNo: string;
  readonly name: string;
  readonly title: string;
  readonly phone: string;
  readonly specialities: readonly string[];
  readonly regionCode: string;
  readonly employerName: string;
  readonly isAvailable: boolean;
  readonly relations: readonly Relation[];
}

const perSpeciality = 40;
const surnames = [..."林陈黄张吴李郑王刘苏蔡杨许洪曾郭谢庄赖游"];
const given = [
  "知远",
  "清禾",
  "砚青",
  "书言",
  "沐川",
  "云舒",
  "景行",
  "若谷",
  "思齐",
  "怀瑾",
  "望舒",
  "南乔",
  "星野",
  "予白",
  "听澜",
  "子衿",
];
const regions = ["350200", "350200", "350500", "350600", "350400", "350800", "350100", "350300", "350700", "350900"];
const employers = [
  "海湾沙箱设计研究院",
  "圆山湖沙箱勘测院",
  "晋水沙箱职业学院",
  "汀州沙箱科技学院",
  "沙溪沙箱检测中心",
  "闽江沙箱咨询研究所",
  "木兰溪沙箱大学",
  "武夷沙箱规划院",
  "三都澳沙箱研究院",
];

interface City {
  readonly specialities: readonly { readonly code: string; readonly name: string }[];
  readonly experts: readonly Expert[];
}

/** @param seed the same seed makes the same people. */
export function expertsOf(seed: number): readonly Expert[] {
  const city = JSON.parse(readFileSync(new URL("city-experts.json", import.meta.url), "utf8")) as City;
  const all: Expert[] = [...city.experts];
  for (const { code } of city.specialities) {
    const missing = perSpeciality - all.filter(({ specialities, isAvailable }) => isAvailable && specialities.includes(code)).length;
    for (let i = 0; i < missing; i++) all.push(madeUp(seed, all.length + 1, code));
  }
  return all;
}

function madeUp(seed: number, number: number, speciality: string): Expert {
  const chance = sha256(`simulated expert\n${seed}\n${number}`);
  const pick = <T>(list: readonly T[], at: number): T => list[(chance[at] ?? 0) % list.length] as T;
  return {
    memberId: `pool-${String(number).padStart(4, "0")}`,
    expertNo: `ZJ-SIM-${String(number).padStart(4, "0")}`,
    name: `${pick(surnames, 0)}${pick(given, 1)}`,
    title: "高级工程师",
    phone: `0592-000 ${String(5_000 + number)}`,
    specialities: [speciality],
    regionCode: pick(regions, 2),
    employerName: pick(employers, 3),
    isAvailable: true,
    relations: [],
  };
}

const selfPunished = new Set(["punished"]);
const yearsOfEmployment = 3;

/** Grounds that lie in the person alone or in a unit that the request names (CON-053, CON-054). */
export function recusalOf(
  expert: Expert,
  avoidUnits: readonly string[],
): "leave" | "sanction" | "relative" | "employer" | "priorInvolvement" | null {
  if (!expert.isAvailable) return "leave";
  if (expert.relations.some(({ kind }) => selfPunished.has(kind))) return "sanction";
  const ground = expert.relations.find((relation) => isInForce(relation) && relation.unit !== null && avoidUnits.includes(relation.unit));
  if (ground === undefined) return null;
  if (ground.kind === "kinship") return "relative";
  return ground.kind === "supervisionStaff" ? "priorInvolvement" : "employer";
}

/** Units whose tags stand in the roster: employers of the last 3 years and declared relations (expert-pool.md §2.3). */
export function unitsOf(expert: Expert): string[] {
  return expert.relations.filter((relation) => relation.unit !== null && isInForce(relation)).map(({ unit }) => unit as string);
}

function isInForce({ endedYearsAgo }: Relation): boolean {
  return endedYearsAgo === undefined || endedYearsAgo < yearsOfEmployment;
}
