/** Which one sentence every page has to say about evidence, from how it stands. */
import type { WordKey } from "../../words/word-key.ts";

/** `GET /evidence`; without witnesses and chain only the standing. */
export type EvidenceStanding = {
  readonly standing: {
    readonly witnesses: "not configured" | "current" | "late" | "openings wait" | "closed";
    readonly anchor: "not configured" | "current" | "behind" | "late" | "needs order";
  };
  readonly fault?: string | null;
  readonly size?: number;
  readonly witnessed?: { readonly size: number } | null;
  readonly witnesses?: readonly {
    readonly name: string;
    readonly last: "cosigned" | "silent" | "refused" | "elsewhere" | "not asked";
    readonly alarms: number;
  }[];
  readonly chainLabel?: { readonly zh: string; readonly en: string };
  readonly isPublic?: boolean;
};

/** The gravest thing first; undefined when nothing has to be said. A head that waits for its witnesses for seconds is nothing. */
export function bannerOf({ standing, fault, witnesses = [] }: EvidenceStanding): WordKey | undefined {
  if (fault) return "evidence.banner.fault";
  if (standing.witnesses === "closed" || standing.witnesses === "openings wait") return `evidence.banner.${standing.witnesses}`;
  if (witnesses.some(({ alarms, last }) => alarms > 0 || last === "refused")) return "evidence.banner.alarm";
  return standing.anchor === "late" || standing.anchor === "needs order" ? `evidence.banner.${standing.anchor}` : undefined;
}
