/** `awd.publishCandidates`: the ranked candidates before everybody's eyes, for at least three days (实施条例 第五十四条). */
import type { Json } from "../../../formats/jcs.ts";
import { settingSwitch } from "../../../law/index.ts";
import {
  addDays,
  dayOf,
  endOfDay,
  instantText,
  isCalendarUnavailable,
  parseInstant,
  type Refusal,
  refuseWithoutCalendar,
  rollForward,
} from "../../kernel/index.ts";
import { scopeFactsOf } from "../catalogue/index.ts";
import type { EvaluationReport } from "../evaluation/index.ts";
import { type ActContext, act, closed, completeStep, count, type DecidingLot, judge, setMilestone, text } from "../transaction/index.ts";
import type { Candidate } from "./award.ts";
import { openDesk } from "./desk.ts";
import { candidateFieldsAreWhole, publicityIsLongEnough, publicityStartsSoon } from "./rules/publicity-is-lawful.ts";

export const publishCandidates = act({
  name: "awd.publishCandidates",
  title: { zh: "公示中标候选人", en: "Publish the candidates" },
  who: ["buyer", "agent"],
  about: "lot",
  lock: "exclusive",
  step: "award.candidates",
  rules: ["CON-066", "CON-067", "CON-092"],
  data: closed({
    days: count("公示期（日）", 1, 60),
    objectionChannel: text("提出异议的渠道和方式", 400),
    qualificationResponse: text("中标候选人响应招标文件要求的资格能力条件", 1000),
  }),
  async decide(context, { days, objectionChannel, qualificationResponse }) {
    const desk = await openDesk(context, "publishCandidates");
    if ("refused" in desk) return desk;
    const endsOn = lastDay(context, days);
    if (typeof endsOn !== "string") return endsOn;
    const candidates = candidatesOf(desk.report, qualificationResponse);
    const { refusal, decisions } = judge(context, [publicityIsLongEnough, candidateFieldsAreWhole, publicityStartsSoon], {
      mandatory: (await scopeFactsOf(context.tx, context.lot)).mandatory === true,
      reportedAt: parseInstant(desk.report.reportedAt),
      publishedAt: context.now,
      // The days that the buyer announces are judged; rolling the end on only adds to them.
      endsOn: addDays(dayOf(context.now), days),
      emptyFields: emptyFields(candidates),
    });
    if (refusal) return refusal;
    const publicityEndsAt = instantText(endOfDay(endsOn));
    await context.append(desk.stream, "awd.candidatesPublished", {
      candidates: candidates as unknown as Json,
      objectionChannel,
      publicityEndsAt,
      decisions,
    });
    const late = await setMilestone(context, "candidatePublicityEnd", endOfDay(endsOn), "awd.candidatesPublished");
    return late ?? { publicityEndsAt, candidates: candidates.length };
  },
});

/** 公示期最后一日为非工作日的，顺延: a setting, not a law (procedures §0.2). */
function lastDay({ now, lot, calendar }: ActContext, days: number): string | Refusal {
  const end = addDays(dayOf(now), days);
  if (!settingSwitch("lastPublicityDayMustBeWorkingDay", lot.lawDate ?? dayOf(now))) return end;
  const rolled = rollForward(calendar, end);
  return isCalendarUnavailable(rolled) ? refuseWithoutCalendar(rolled) : rolled;
}

function candidatesOf({ candidates, bids }: EvaluationReport, qualificationResponse: string): Candidate[] {
  return candidates.map((ranked) => {
    const figures = bids.find(({ bidDigest }) => bidDigest === ranked.bidDigest)?.figures;
    return {
      ...ranked,
      quality: figures?.quality ?? "",
      durationDays: figures?.durationDays ?? 0,
      managerName: figures?.projectManager.name ?? "",
      managerCertificate: figures?.projectManager.certificate ?? "",
      qualificationResponse,
    };
  });
}

function emptyFields(candidates: readonly Candidate[]): string[] {
  return candidates.flatMap(({ rank, quality, durationDays, managerName, managerCertificate }) =>
    Object.entries({ quality, managerName, managerCertificate, period: durationDays === 0 ? "" : "set" })
      .filter(([, value]) => value === "")
      .map(([field]) => `${rank}.${field}`),
  );
}

/** The end of publicity clears the way to the decision; a hold on the decision stays a hold. */
export async function closePublicity(context: DecidingLot): Promise<void> {
  const desk = await openDesk(context, "closePublicity");
  if ("refused" in desk) return;
  await context.append(desk.stream, "awd.publicityClosed", {});
  await completeStep(context, "award.candidates", "cleared", desk.stream);
}
