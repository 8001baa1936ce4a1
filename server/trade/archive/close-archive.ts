/** `arc.complete`, `arc.seal`: nothing is missing, then the package is sealed under one root and the lot ends. */
import { hex } from "../../../formats/bytes.ts";
import type { Json } from "../../../formats/jcs.ts";
import { sha256 } from "../../../formats/jcs.ts";
import { next, type Refusal, refuse } from "../../kernel/index.ts";
import { crashPoint } from "../../runtime/crash/crash-points.ts";
import { type Act, type ActContext, act, closed, completeStep, judge, streamOf } from "../transaction/index.ts";
import { type ArchiveCommand, archiveStates } from "./archive.states.ts";
import { type Archive, archiveOf } from "./archive.ts";
import { buildPackage } from "./build-package.ts";
import { collectItems, listItems } from "./collect-items.ts";
import type { PaperOf } from "./papers.ts";
import { itemsAreComplete } from "./rules/items-are-complete.ts";

const common = {
  who: ["centre", "archivist"],
  about: "lot",
  lock: "exclusive",
  step: "archive.close",
  rules: ["X-006"],
  data: closed({}),
} as const;

export const completeArchive = act({
  ...common,
  name: "arc.complete",
  title: { zh: "确认归档材料齐全", en: "Confirm that the archive is complete" },
  async decide(context) {
    const archive = await inState(context, "complete");
    if ("refused" in archive) return archive;
    await collectItems(context);
    const missing = (await listItems(context.tx, context.lot, context.procedure)).filter(({ required, present }) => required && !present);
    const { refusal, decisions } = judge(context, [itemsAreComplete], { missing: missing.map(({ title }) => title) });
    if (refusal) return refusal;
    await context.append(streamOf("arc", context.lot.id), "arc.completed", { missing: [], decisions });
    return {};
  },
});

export function sealArchive(papers: ReadonlyMap<string, PaperOf>): Act {
  return act({
    ...common,
    name: "arc.seal",
    title: { zh: "封存档案", en: "Seal the archive" },
    async decide(context) {
      const archive = await inState(context, "seal");
      if ("refused" in archive) return archive;
      const { tx, platform, lot, procedure, now } = context;
      const bag = await buildPackage({ tx, platform, lot, procedure, papers, now, isPublic: false });
      const files = bag.files.map(({ path, bytes }) => ({ path, sha256: hex(sha256(bytes)), size: bytes.length }));
      // The bytes lie in the store before the event says so; a file that no event names harms nobody.
      for (const [index, { bytes }] of bag.files.entries()) {
        await platform.files.put(files[index]?.sha256 as string, bytes);
        crashPoint("CP20.half-written");
      }
      await context.append(streamOf("arc", lot.id), "arc.sealed", { root: bag.root, phase: "tender", files: files as unknown as Json });
      await completeStep(context, "archive.close", "archived", streamOf("arc", lot.id));
      return { root: bag.root, files: files.length };
    },
  });
}

async function inState(context: ActContext, command: ArchiveCommand): Promise<Archive | Refusal> {
  const archive = await archiveOf(context.tx, context.lot.id);
  if (next(archiveStates, archive.state, command) !== undefined) return archive;
  return refuse("act.not-possible-now", {
    message: "档案现在的状态不能这样办理。",
    messageEn: "This is not possible in the present state of the archive.",
    data: { state: archive.state },
    whatToDo: command === "seal" ? "请先确认归档材料齐全。" : "档案已经确认或者封存。",
  });
}
