/**
 * Replays real tenders of another country through the whole platform: sealed, opened, evaluated and
 * archived for real, under the law that can be met by them (decisions §5). Sandbox only: it sets
 * rules of Chinese law aside, by name, and every screen of such a lot says so.
 */
import type { Pack } from "./pack.ts";

export const replayForeignPack: Pack = {
  id: "replay-foreign",
  name: { zh: "境外项目重演", en: "Replay of foreign tenders" },
  columns: ["CO"],
  parameters: {
    depositRequired: false,
    floorPriceAllowed: true,
    evaluationMethods: ["lowest-reviewed-price"],
    coefficientDrawAllowed: false,
    tieBreak: ["lowerPrice", "fileOrder"],
    sheetsScripted: true,
    papersAsPdf: false,
    importedUnitFen: 100,
  },
  leavesOut: ["tendering.preannounce", "deposit.collect", "evaluation.scrutinise", "deposit.release"],
  setsAside: [{ rule: "CON-021", why: "the replayed tenders had a floor price under the law of their own country" }],
  sandboxOnly: true,
};
