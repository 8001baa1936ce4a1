/** What buyer and winner should do next about the contract; the main terms come filled in from the bid. */
import { ceilingOf, fenText, instantText, parseFen, percent } from "../../kernel/index.ts";
import { foldStream } from "../../record/index.ts";
import { blockingHold, effectiveAt, hasStanding, type NextStep, type ReadContext, stepStatus } from "../transaction/index.ts";
import { evolveContract } from "./contract.ts";
import { type Basis, basisOf } from "./draft-contract.ts";

export async function contractSteps(context: ReadContext): Promise<NextStep[]> {
  const { tx, lot, actor, procedure } = context;
  if (!actor || !["buyer", "agent", "bidder"].includes(actor.role) || !hasStanding(actor, lot) || lot.state !== "running") return [];
  if (!lot.done.has("award.sendLetter") || blockingHold(lot, "contract.sign")) return [];
  const basis = await basisOf(context);
  if ("refused" in basis) return [];
  const contract = await foldStream(tx, basis.stream, evolveContract);
  const due = effectiveAt(lot, "contractDue");
  const common = { dueAt: due === undefined ? null : instantText(due) };
  const isParty = actor.role === "bidder" ? basis.winner.organisation === actor.organisationId : true;
  const hasSigned = contract?.signatures.some(({ organisation }) => organisation === actor.organisationId) ?? false;
  if (!isParty) return [];
  if (stepStatus(lot, procedure, "contract.sign") === "open") {
    if (!contract)
      return actor.role === "bidder"
        ? []
        : [
            {
              act: "con.draft",
              title: { zh: "拟定合同", en: "Draft the contract" },
              ...common,
              rules: ["CON-075", "CON-076"],
              fill: fillOf(basis),
            },
          ];
    if (hasSigned || actor.role === "agent") return [];
    return [
      {
        act: "con.sign",
        title: { zh: "签订合同", en: "Sign the contract" },
        ...common,
        rules: ["CON-074"],
        fill: { termsDigest: contract.termsDigest },
      },
    ];
  }
  const toFile =
    actor.role !== "bidder" && contract?.state === "effective" && !contract.filed && stepStatus(lot, procedure, "contract.file") === "open";
  return toFile ? [{ act: "con.file", title: { zh: "合同备案", en: "File the contract" }, dueAt: null, rules: [] }] : [];
}

function fillOf({ bid: { figures }, report }: Basis): Record<string, unknown> {
  const price = parseFen(figures.priceFen);
  return {
    priceFen: figures.priceFen,
    durationDays: figures.durationDays,
    quality: figures.quality,
    managerName: figures.projectManager.name,
    securityFen: fenText(ceilingOf(price, percent(report.terms.performanceSecurityPercent))),
    subcontracts: [],
    otherTerms: "",
  };
}
