/** What the buyer, its agent or the winner should do next in the award. */
import { instantText } from "../../kernel/index.ts";
import { reportOf } from "../evaluation/index.ts";
import { blockingHold, effectiveAt, hasStanding, type NextStep, type ReadContext, stepStatus } from "../transaction/index.ts";
import { type Award, awardOn, remainingCandidates } from "./award.ts";

const step = (act: string, zh: string, en: string, more: Partial<NextStep> = {}): NextStep => ({
  act,
  title: { zh, en },
  dueAt: null,
  rules: [],
  ...more,
});

export async function awardSteps(context: ReadContext): Promise<NextStep[]> {
  const { tx, lot, actor, procedure } = context;
  if (!actor || lot.state !== "running" || !hasStanding(actor, lot) || blockingHold(lot, "award.decide")) return [];
  const award = await awardOn(tx, lot);
  const isBuyer = actor.role === "buyer";
  if (!isBuyer && actor.role !== "agent") return [];
  const isOpen = (name: string) => stepStatus(lot, procedure, name) === "open";
  const due = (milestone: string) => textOf(effectiveAt(lot, milestone));
  const steps: NextStep[] = [];
  if (isOpen("award.candidates") && award?.state !== "publicity") steps.push(...(await publication(context)));
  if (isBuyer && award && isOpen("award.decide"))
    steps.push(step("awd.decide", "确定中标人", "Decide the winner", { rules: ["CON-072", "CON-097"], fill: bestOf(award) }));
  if (isBuyer && award && (award.state === "vacant" || award.state === "revoked"))
    steps.push(step("awd.chooseNext", "依次递补中标人", "Choose the next candidate", { rules: ["CON-072"], fill: bestOf(award) }));
  if (isOpen("award.publishResult") && award?.state === "decided")
    steps.push(step("awd.publishResult", "发布中标结果公告", "Publish the result"));
  if (isOpen("award.sendLetter") && award?.state === "announced")
    steps.push(step("awd.sendLetter", "发出中标通知书", "Send the letter of award", { rules: ["CON-073"], fill: { tellLosers: true } }));
  if (isOpen("award.report") && award?.decisions.length && !award.report)
    steps.push(
      step("awd.report", "提交招标投标情况书面报告", "Report to the authority", { dueAt: due("tenderReportDue"), rules: ["CON-077"] }),
    );
  return steps;
}

async function publication({ tx, lot }: ReadContext): Promise<NextStep[]> {
  const report = await reportOf(tx, lot.id);
  if (!report) return [];
  return [
    step("awd.publishCandidates", "公示中标候选人", "Publish the candidates", {
      rules: ["CON-066", "CON-067", "CON-092"],
      fill: { days: report.terms.publicityDays },
    }),
  ];
}

function bestOf(award: Award): { rank: number } {
  return { rank: remainingCandidates(award)[0]?.rank ?? 1 };
}

function textOf(instant: number | undefined): string | null {
  return instant === undefined ? null : instantText(instant);
}
