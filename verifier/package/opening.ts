/**
 * The sealed side of a package: seal/ceremony.json and each seal/opening….json, proven by verifier/seal,
 * with the bodies that the package carries. A package of the public level carries none.
 */
import type { Folder } from "./folder.ts";
import { demand } from "./refused.ts";

export type OpeningFacts = {
  path: string;
  lotId: string;
  platformKey: string;
  bids: { bidderId: string; bidDigest: string; status: string }[];
  bodies: "checked" | "unchecked";
};

/** All openings of a package, proven. */
export function checkOpenings(folder: Folder): OpeningFacts[] {
  const [path] = folder.below("seal/");
  demand(path === undefined, "E_PACKAGE", path ?? "seal/", "this verifier does not know sealed openings yet");
  return [];
}
