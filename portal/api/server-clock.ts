/**
 * The server's clock as the page knows it. Every answer brings `Date-Ms`; between answers the page counts on with
 * its own monotonic counter and never with the computer's date. A jump of the (sandbox) clock is taken at once.
 */
import { useSyncExternalStore } from "react";

type Sample = { readonly serverMs: number; readonly at: number };

let samples: readonly Sample[] = [];
let listeners: readonly (() => void)[] = [];
let shown = 0;
let timer: ReturnType<typeof setInterval> | undefined;

const jumpMs = 2_000;
const offsetOf = (sample: Sample): number => sample.serverMs - sample.at;

/** Median of the last five offsets between the server's clock and the page's counter. */
function offset(): number | undefined {
  if (samples.length === 0) return undefined;
  const sorted = samples.map(offsetOf).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Takes a server time, half of the journey having passed since it was written. */
export function noteServerTime(serverMs: number, journeyMs = 0): void {
  if (!Number.isFinite(serverMs) || serverMs <= 0) return;
  const sample = { serverMs: serverMs + journeyMs / 2, at: performance.now() };
  const known = offset();
  const jumped = known !== undefined && Math.abs(offsetOf(sample) - known) > jumpMs;
  samples = jumped ? [sample] : [...samples.slice(-4), sample];
  tick();
}

/** Server time now, or undefined before the first answer. */
export function serverNow(): number | undefined {
  const known = offset();
  return known === undefined ? undefined : known + performance.now();
}

function tick(): void {
  const now = serverNow();
  const second = now === undefined ? 0 : Math.floor(now / 1000) * 1000;
  if (second === shown) return;
  shown = second;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners = [...listeners, listener];
  timer ??= setInterval(tick, 250);
  return () => {
    listeners = listeners.filter((other) => other !== listener);
    if (listeners.length === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** Server time to the second, or undefined before the first answer; renders once a second. */
export function useServerNow(): number | undefined {
  const second = useSyncExternalStore(subscribe, () => shown);
  return second === 0 ? undefined : second;
}
