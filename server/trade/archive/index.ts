/** Archive: what a trade leaves behind, complete and sealed under one root. The last stage, and its only door. */
import { hasStanding, type NextStep, type ReadContext, type Stage, stepStatus } from "../transaction/index.ts";
import { archiveOf } from "./archive.ts";
import { completeArchive, sealArchive } from "./close-archive.ts";
import { collectOnArrival } from "./collect-items.ts";
import { type PaperPorts, paperSources, papersOf } from "./papers.ts";
import { archiveReads } from "./reads.ts";

export { type Archive, archiveOf, type SealedPackage } from "./archive.ts";
export type { PaperPorts } from "./papers.ts";
export { type ArchiveWish, writeArchive, writePapers } from "./write-archive.ts";

export function archiveStage(ports: PaperPorts): Stage {
  return {
    name: "archive",
    acts: [completeArchive, sealArchive(papersOf(ports))],
    reads: archiveReads,
    views: [],
    papers: paperSources(ports),
    reactions: [collectOnArrival],
    nextSteps: archiveSteps,
    live: {
      "arc.completed": () => ({ zh: "归档材料齐全", en: "The archive is complete" }),
      "arc.sealed": () => ({ zh: "档案已封存", en: "The archive is sealed" }),
    },
  };
}

async function archiveSteps({ tx, lot, actor, procedure }: ReadContext): Promise<NextStep[]> {
  if (!actor || !["centre", "archivist"].includes(actor.role) || !hasStanding(actor, lot)) return [];
  if (lot.state !== "running" || stepStatus(lot, procedure, "archive.close") !== "open") return [];
  const { state } = await archiveOf(tx, lot.id);
  if (state === "collecting")
    return [
      {
        act: "arc.complete",
        title: { zh: "确认归档材料齐全", en: "Confirm that the archive is complete" },
        dueAt: null,
        rules: ["X-006"],
        fill: {},
      },
    ];
  return state === "complete"
    ? [{ act: "arc.seal", title: { zh: "封存档案", en: "Seal the archive" }, dueAt: null, rules: ["X-006"], fill: {} }]
    : [];
}
