/** One proof as the page sees it: idle, running, judged, or impossible. A new one ends the one before. */
import { useEffect, useRef, useState } from "react";
import type { Gathered } from "./gather.ts";
import type { Judgement } from "./judgement.ts";
import type { VerifyNews } from "./verify-worker.ts";

export type Verifying =
  | { readonly state: "idle" }
  | { readonly state: "running" }
  | { readonly state: "judged"; readonly judgement: Judgement; readonly seconds: number; readonly name: string }
  | { readonly state: "failed"; readonly reason: string };

/** The most that the page takes into memory; larger packages are for the offline verifier. */
const mostBytes = 1024 ** 3;

export function useVerifying() {
  const [verifying, set] = useState<Verifying>({ state: "idle" });
  const worker = useRef<Worker>(undefined);
  useEffect(() => () => worker.current?.terminate(), []);
  const fail = (reason: string) => set({ state: "failed", reason });
  const verify = (gathered: readonly Gathered[]) => {
    const [first] = gathered;
    if (first === undefined) return;
    worker.current?.terminate();
    if (gathered.reduce((sum, { file }) => sum + file.size, 0) > mostBytes) return fail("large");
    set({ state: "running" });
    const started = new Worker(new URL("./verify-worker.ts", import.meta.url), { type: "module" });
    worker.current = started;
    started.onerror = (event) => fail(event.message);
    started.onmessage = ({ data }: MessageEvent<VerifyNews>) => {
      const name = gathered.length === 1 ? first.path : (first.path.split("/")[0] ?? first.path);
      set(data.kind === "failed" ? { state: "failed", reason: data.reason } : { state: "judged", name, ...data });
      started.terminate();
    };
    started.postMessage(gathered);
  };
  return { verifying, verify, fail };
}
