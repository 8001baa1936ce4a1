/** The plan as it would be frozen by one operator: the same draw gives the same bytes to server, page and verifier. */

import { hex } from "../../../formats/bytes.ts";
import { beaconRoundFor, type DrawPlan, planHash, quicknetChain } from "../../../formats/draw/index.ts";
import type { Draw } from "./draw.ts";

/** Undefined while the list, or the members' key of a draw with recovery, is awaited. */
export function planOf(draw: Draw, keys: { operatorKey: string; vrfKey: string }): DrawPlan | undefined {
  const { list, way, recovery } = draw;
  const needsRecovery = way === "recovery" || way === "fallback";
  if (!list || (needsRecovery && !recovery)) return undefined;
  const hasBeacon = way === "beacon" || way === "fallback";
  return {
    v: 1,
    format: "draw-plan/v1",
    drawId: draw.id,
    kind: list.kind,
    purpose: draw.purpose,
    subject: draw.subject,
    rulesVersion: draw.rulesVersion,
    operatorKey: keys.operatorKey,
    supervisorKey: draw.supervisorKey,
    vrfKey: keys.vrfKey,
    contributors: draw.contributors.map(({ name, key }) => ({ name, key })),
    minReveals: draw.minReveals,
    tCommit: draw.tCommit,
    tReveal: draw.tReveal,
    beacon: hasBeacon ? { chain: quicknetChain, round: beaconRoundFor(draw.tReveal) } : null,
    recovery: needsRecovery ? recovery : null,
    pool: [...list.pool],
    strata: [...list.strata],
    maxPerGroup: list.maxPerGroup,
    coefficients: [...list.coefficients],
    supersedes: draw.supersedes,
  };
}

export function planHashOf(plan: DrawPlan): string {
  return hex(planHash(plan));
}
