/**
 * The keys of the opening members in a plan (draw-v1 §2). A plan whose member keys do not lie on one
 * polynomial with the group key could be opened by some members and not by others.
 */
import { interpolateAtZero, isPoint, pointFrom, pointText } from "./p256.ts";
import type { Recovery } from "./schemas.ts";

/** Y_1..Y_t give pk at 0, and so does {Y_1..Y_(t−1), Y_j} for every later j. */
export function memberKeysFitGroupKey({ t, pk, memberKeys }: Recovery): boolean {
  if (![pk, ...memberKeys].every(isPoint)) return false;
  const points = memberKeys.map(pointFrom);
  const first = points.slice(0, t - 1);
  return points.slice(t - 1).every((last, k) => {
    const chosen = new Map([...first, last].map((point, index) => [index < t - 1 ? index + 1 : t + k, point]));
    const groupKey = interpolateAtZero(chosen);
    return !groupKey.is0() && pointText(groupKey) === pk;
  });
}
