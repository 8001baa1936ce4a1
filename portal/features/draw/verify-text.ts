/** Recomputes a draw record with the independent verifier. Fetched only when somebody wants to verify. */
import { verifyDraw } from "../../../verifier/draw/index.ts";

/** The code of what differs, or undefined when all of it agrees. */
export function verifyDrawText(text: string): string | undefined {
  const verdict = verifyDraw(text);
  return verdict.ok ? undefined : verdict.code;
}
