/**
 * Which acts a person may do now. The server says what is due; beside it stand all acts of the person's role whose
 * step is open, so that nothing lawful is unreachable. Whether an act is possible only the server decides.
 */
import { type FormSchema, nounOf } from "../act-form/form-schema.ts";
import type { Lot, NextAct, NextSteps } from "./types.ts";
import type { WireAct, WireNextStep } from "./wire.ts";

const stages: Readonly<Record<string, string>> = {
  prj: "catalogue",
  adm: "catalogue",
  trx: "catalogue",
  cer: "ceremony",
  doc: "tendering",
  ntc: "tendering",
  que: "tendering",
  dep: "deposit",
  gua: "deposit",
  bid: "bidding",
  opn: "opening",
  drw: "draw",
  cmt: "committee",
  evl: "evaluation",
  sht: "evaluation",
  awd: "award",
  rem: "remedy",
  con: "contract",
  arc: "archive",
};

/** Phases of a lot in which acts of a stage are offered beside what is due. The server judges each act again. */
const phasesOf: Readonly<Record<string, readonly string[]>> = {
  catalogue: ["draft"],
  ceremony: ["draft"],
  tendering: ["draft", "tendering"],
  bidding: ["tendering"],
  opening: ["opening"],
  committee: ["tendering", "opening", "evaluation"],
  evaluation: ["evaluation"],
  award: ["evaluation", "publicity", "result"],
  contract: ["publicity", "result"],
  archive: ["result"],
};

/** True when an act names something that only the server can name: it is offered as a due step, with that filled in. */
export function needsServerFill({ properties = {}, required = [] }: FormSchema): boolean {
  return required.some((name) => {
    const { pattern } = properties[name] ?? {};
    const noun = nounOf({ pattern: pattern ?? "" });
    return pattern === "^[0-9a-f]{64}$" || (noun !== undefined && !["org", "prj", "adm", "per"].includes(noun));
  });
}

/** Stage of an act, by its noun. */
export const stageOf = (act: string): string => stages[act.split(".")[0]!] ?? "transaction";

function nextAct(act: WireAct, lot: Lot | undefined, due?: WireNextStep): NextAct {
  return {
    act: act.name,
    stage: stageOf(act.name),
    title: due?.title.zh ?? act.title.zh,
    dueAt: due?.dueAt ?? undefined,
    rules: due ? due.rules : act.rules,
    schema: act.data,
    suggested: due?.fill,
    lotId: lot?.lotId,
    lotName: lot?.name,
  };
}

/** What is due on a lot, and what else the role may do there now. */
export function nextStepsOf(wish: {
  readonly acts: readonly WireAct[];
  readonly due: readonly WireNextStep[];
  readonly lot: Lot;
  readonly role: string;
}): NextSteps {
  const { acts, due, lot, role } = wish;
  const named = new Map(acts.map((act) => [act.name, act]));
  const possible = acts.filter(
    (act) =>
      act.about === "lot" &&
      act.who.includes(role) &&
      (act.step === null || lot.openSteps.includes(act.step)) &&
      (phasesOf[stageOf(act.name)]?.includes(lot.phase) ?? true) &&
      !needsServerFill(act.data) &&
      !due.some((step) => step.act === act.name),
  );
  return {
    due: due.flatMap((step) => {
      const act = named.get(step.act);
      return act ? [nextAct(act, lot, step)] : [];
    }),
    possible: possible.map((act) => nextAct(act, lot)),
    all: acts.filter((act) => act.about === "lot" && act.who.includes(role)).map((act) => nextAct(act, lot)),
  };
}

/** Acts outside any lot that a role may begin with. */
export function freeActsOf(acts: readonly WireAct[], role: string): readonly NextAct[] {
  return acts.filter((act) => act.about === "free" && act.who.includes(role)).map((act) => nextAct(act, undefined));
}
