/**
 * How a page is shown: as drawn, with large type in one column (适老版), or in words and lines of the highest contrast.
 * Chosen once and kept on this device; every lawful act stays possible in each (portal.md §9).
 */
import { useSyncExternalStore } from "react";

export type ViewMode = "drawn" | "large" | "contrast";

const remembered = "egret.view";
const listeners = new Set<() => void>();

/** Storage may be closed to us: then the choice holds for this page. */
function kept(): string | null {
  try {
    return localStorage.getItem(remembered);
  } catch {
    return null;
  }
}

let mode: ViewMode = kept() === "large" ? "large" : kept() === "contrast" ? "contrast" : "drawn";
show();

function show(): void {
  if (mode === "drawn") delete document.documentElement.dataset["view"];
  else document.documentElement.dataset["view"] = mode;
}

/** Changes how pages are shown. */
export function setViewMode(wanted: ViewMode): void {
  mode = wanted;
  try {
    localStorage.setItem(remembered, wanted);
  } catch {
    // Not kept, but shown.
  }
  show();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** How pages are shown now. */
export const useViewMode = (): ViewMode => useSyncExternalStore(subscribe, () => mode);
