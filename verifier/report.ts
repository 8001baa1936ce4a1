/** What the verifier found, in lines for a person. It says as plainly what was not there to prove. */
import type { EvidenceFile } from "./package/evidence.ts";
import type { PackageFacts } from "./package/index.ts";

/** The lines of one package and of the packages inside it. */
export function packageLines(facts: PackageFacts, witnesses: ReadonlySet<string> = new Set()): string[] {
  const name = facts.dir === "" ? "package" : facts.dir;
  const trust = facts.isTrusted
    ? "key is in the trust file"
    : "not independently trusted (give --trust FILE with a key from another source)";
  return [
    `${name}: ${facts.files} files as the manifest says`,
    `  key       ${facts.key}`,
    `            fingerprint ${facts.fingerprint}, ${trust}`,
    `  witnesses: ${witnesses.size === 0 ? "none" : [...witnesses].sort().join(", ")}`,
    `  record    ${recordLine(facts.record)}`,
    ...facts.draws.map(
      (draw) => `  draw      ${draw.path}: ${draw.drawId}, ${modeName[draw.mode]}, plan ${draw.planHash}, seed ${draw.seed}`,
    ),
    ...facts.ceremonies.map((ceremony) => `  ceremony  ${ceremony.path}: ${ceremony.lotId}, hash ${ceremony.ceremonyHash}`),
    ...facts.openings.map((opening) => `  opening   ${opening.path}: ${statuses(opening.bids)}, bodies: ${opening.bodies}`),
    ...(facts.acts.length === 0 ? [] : [`  acts      ${counted(facts.acts.map(({ family }) => family))}, signatures hold`]),
    ...(facts.evaluations.length === 0 ? ["  evaluation none shown"] : facts.evaluations.map(evaluationLine)),
    ...facts.auctions.map(auctionLine),
    `  archive   ${facts.bags === 0 ? "none" : `${facts.bags} BagIt package${facts.bags === 1 ? "" : "s"}`}`,
    `  documents ${facts.documents} PDF`,
    `  summary   ${facts.summary}`,
    ...facts.inner.flatMap((inner) => packageLines(inner, witnesses)),
  ];
}

function auctionLine({ stream, offers, accepted, winner, ended }: PackageFacts["auctions"][number]): string {
  const result = winner ? `number ${winner.number} at ${winner.priceFen} fen` : ended ? "nobody has it" : "not over";
  return `  auction   ${stream}: ${offers} offers judged anew, ${accepted} accepted, ${result}`;
}

function evaluationLine({ position, method, bids, seats, figures, sheets, drawnTies }: PackageFacts["evaluations"][number]): string {
  const ties = drawnTies === 0 ? "" : `, ${drawnTies} ties parted by a draw: taken as they stand`;
  return `  evaluation position ${position}: ${method}, ${bids} bids, ${seats} seats, ${figures} figures recomputed, sheets: ${sheets}${ties}`;
}

/** One evidence bundle. Offline an anchor is never called confirmed. */
export function evidenceLine({ path, verdict }: EvidenceFile): string {
  if (!verdict.ok) return `${verdict.code}  ${path}: the bundle does not verify`;
  const { seqs, size, root, cosigners, anchor } = verdict;
  return `${path}: ${seqs.length} entries (${seqs[0]} to ${seqs.at(-1)}) of ${size}, root ${root}, cosigned by ${cosigners.join(", ")}, anchor ${anchor}`;
}

// "never taken from the bundle" (evidence-v1 §5): whoever rewrites a folder whole writes its policy too.
export const ownPolicyLine = "  policy    the package's own, not independently trusted (give --policy FILE with one from another source)";

// draw-v1 §1: the limit of mode 0 is to be shown wherever its outcome is.
const modeName = ["mode 0 (plain: the last to reveal may withhold)", "mode 1 (beacon)", "mode 2 (recovery)"] as const;

function recordLine(record: PackageFacts["record"]): string {
  if (record === "none") return "none";
  const { first, last, reduced, shown, proven, signedActs, head } = record;
  return `positions ${first} to ${last}: ${proven} proven, ${shown} shown only, ${reduced} reduced, ${signedActs} signed acts, chain ${head}`;
}

function statuses(bids: readonly { status: string }[]): string {
  return `${bids.length} bids (${counted(bids.map(({ status }) => status))})`;
}

/** "2 rsa, 1 sm2" */
function counted(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].map(([word, count]) => `${count} ${word}`).join(", ");
}
