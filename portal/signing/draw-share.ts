/**
 * A contributor's share between commit and reveal. It is drawn here, kept on this computer only, and told to nobody
 * before the commit phase is over (draw-v1 §3.2).
 */
import { fromHex, hex } from "../../formats/bytes.ts";
import { type ContributionSecret, makeReveal } from "../../formats/draw/index.ts";

const placeOf = (drawId: string, key: string): string => `egret.share ${drawId} ${key}`;

/** Draws a fresh share, or takes the one of an earlier try that may already stand in the record. */
export function shareFor(drawId: string, key: string): ContributionSecret {
  const kept = localStorage.getItem(placeOf(drawId, key));
  if (kept) return { s: fromHex(kept.slice(0, 64)), rho: fromHex(kept.slice(64)) };
  const secret = { s: crypto.getRandomValues(new Uint8Array(32)), rho: crypto.getRandomValues(new Uint8Array(32)) };
  localStorage.setItem(placeOf(drawId, key), hex(secret.s) + hex(secret.rho));
  return secret;
}

/** The reveal of the share that was committed on this computer; undefined when it was committed elsewhere. */
export function revealOf(drawId: string, key: string): { readonly s: string; readonly rho: string } | undefined {
  const kept = localStorage.getItem(placeOf(drawId, key));
  if (!kept) return undefined;
  const { s, rho } = makeReveal(0, { s: fromHex(kept.slice(0, 64)), rho: fromHex(kept.slice(64)) });
  return { s, rho };
}
