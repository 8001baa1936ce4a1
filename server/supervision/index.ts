/** What the authority in charge sees of a trade beyond its pages. It reads the record and is never written to. */
import type { Stage } from "../trade/transaction/index.ts";
import { supervisionReads } from "./reads.ts";

export const supervisionStage: Stage = { name: "supervision", acts: [], reads: supervisionReads, views: [] };
