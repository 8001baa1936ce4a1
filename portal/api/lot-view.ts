/**
 * From the thread of a lot to what people see of it: the seven steps, the running stage, the sessions. Pure.
 * Reads steps and milestones as the server states them and infers nothing about the law.
 */
import { deadlineText, momentText } from "../ui/time.ts";
import type { Lot, LotRow, Milestone, Session, TimelineStep } from "./types.ts";
import type { WireLot, WireLotRow } from "./wire.ts";

const districts: Readonly<Record<string, string>> = {
  "350203": "思明区",
  "350205": "海沧区",
  "350206": "湖里区",
  "350211": "集美区",
  "350212": "同安区",
  "350213": "翔安区",
  "350200": "厦门市",
};

/** A row of the list. */
export function rowOf(wire: WireLotRow): LotRow {
  return {
    lotId: wire.lotId,
    dealCode: wire.dealCode,
    name: wire.title,
    kind: "工程建设",
    place: districts[wire.regionCode] ?? wire.regionCode,
    stageName: endWords[wire.state] ?? wire.lastStepWords ?? "已登记",
    estimateFen: wire.estimateFen,
    regionCode: wire.regionCode,
    stage: wire.stage ?? "",
    bidsDueAt: wire.bidDeadlineAt ?? undefined,
    stepNumber: stepNumbers[wire.stage ?? ""],
  };
}

/** Which of the seven steps runs at a stage, as far as a list knows. */
const stepNumbers: Readonly<Record<string, number>> = {
  draft: 1,
  tendering: 2,
  opening: 3,
  evaluation: 4,
  publicity: 5,
  result: 6,
  completed: 7,
};

const endWords: Readonly<Record<string, string>> = { failed: "流标", renewed: "已重新招标", cancelled: "已终止", completed: "已归档" };

type Facts = { readonly done: ReadonlySet<string>; readonly milestones: Readonly<Record<string, Milestone>> };
type Node = {
  readonly name: string;
  readonly isDone: (facts: Facts) => boolean;
  readonly note: (milestones: Facts["milestones"]) => string;
};

const reached = (facts: Facts, name: string): boolean => facts.milestones[name]?.reached === true;
const until = (milestone: Milestone | undefined, form: (text: string) => string): string =>
  milestone ? form(momentText(milestone.at)) : "";

const nodes: readonly Node[] = [
  {
    name: "公告发布",
    isDone: ({ done }) => done.has("tendering.publish"),
    note: (m) => until(m["documentOfferEnd"], (text) => `文件获取至 ${text}`),
  },
  {
    name: "澄清与答疑",
    isDone: (f) => reached(f, "questionEnd") || reached(f, "bidDeadline"),
    note: (m) => until(m["questionEnd"], (text) => `提问至 ${text}`),
  },
  {
    name: "投标截止 · 开标",
    isDone: ({ done }) => done.has("opening.open"),
    note: (m) => (m["bidDeadline"] ? deadlineText(m["bidDeadline"].at) : ""),
  },
  { name: "评标", isDone: ({ done }) => done.has("evaluation.report"), note: () => "评标委员会" },
  {
    name: "候选人公示",
    isDone: (f) => reached(f, "candidatePublicityEnd"),
    note: (m) => until(m["candidatePublicityEnd"], (text) => `至 ${text}`) || "不少于 3 日",
  },
  { name: "定标", isDone: ({ done }) => done.has("award.sendLetter"), note: () => "中标通知书" },
  {
    name: "签约 · 归档",
    isDone: ({ done }) => done.has("archive.close"),
    note: (m) => until(m["contractDue"], (text) => `签约至 ${text}`) || "通知书后 30 日内",
  },
];

/** The seven steps; the running one is the first that is not done, once the notice is out. */
export function timelineOf(facts: Facts): readonly TimelineStep[] {
  const running = nodes.findIndex((node) => !node.isDone(facts));
  return nodes.map((node, index) => ({
    name: node.name,
    note: node.note(facts.milestones),
    state: running < 0 || index < running ? "done" : index === running ? "current" : "ahead",
  }));
}

/** A lot as the pages show it. */
export function lotOf(wire: WireLot): Lot {
  const done = wire.steps.filter(({ status }) => status === "done").map(({ step }) => step);
  const open = wire.steps.filter(({ status }) => status === "open");
  const milestones = Object.fromEntries(
    wire.milestones.map(({ name, at, originalAt, reachedAt }) => [name, { at, originalAt, reached: reachedAt !== null }]),
  );
  const timeline = timelineOf({ done: new Set(done), milestones });
  const published = wire.phase !== "draft";
  return {
    ...rowOf(wire),
    stageName:
      endWords[wire.state] ??
      (published ? timeline.find(({ state }) => state === "current")?.name : open[0]?.words) ??
      wire.lastStepWords ??
      "已登记",
    bidsDueAt: milestones["bidDeadline"]?.at,
    stepNumber: timeline.findIndex(({ state }) => state === "current") + 1 || 7,
    stage: wire.state in endWords ? wire.state : wire.phase,
    phase: wire.phase,
    side: wire.side,
    published,
    buyerName: wire.buyer?.name,
    agentName: wire.agent?.name,
    centreName: wire.centre?.name,
    supervisorName: wire.supervisor?.name,
    procedureName: wire.procedure.name.zh,
    timeline,
    openSteps: open.map(({ step }) => step),
    doneSteps: done,
    milestones,
    holds: wire.holds.map(({ cause, since }) => ({ cause, since })),
    opens: wire.opens,
    liveId: wire.liveId,
  };
}

/** The sessions of a lot that anybody may know of: its opening. */
export function sessionsOf(lot: LotRow): readonly Session[] {
  if (!lot.bidsDueAt || lot.stage === "draft") return [];
  const state = lot.stage === "tendering" ? "ahead" : lot.stage === "opening" ? "now" : "over";
  return [
    {
      kind: "opening",
      id: lot.lotId,
      lotId: lot.lotId,
      name: lot.name,
      note: `在线开标 · ${lot.kind}`,
      at: lot.bidsDueAt,
      state,
      stateName: { ahead: "待开标", now: "开标中", over: "已结束" }[state],
    },
  ];
}

/** Sessions in order of time. */
export const sessionsOfAll = (lots: readonly LotRow[]): readonly Session[] =>
  lots.flatMap(sessionsOf).sort((a, b) => a.at.localeCompare(b.at));
