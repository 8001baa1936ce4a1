/** Reads the files and proves them beside the page, which stays usable. Opens no connection. */
import type { Gathered } from "./gather.ts";
import { judge } from "./judge.ts";
import type { Judgement } from "./judgement.ts";

/** What the worker answers. */
export type VerifyNews =
  | { readonly kind: "judged"; readonly judgement: Judgement; readonly seconds: number }
  | { readonly kind: "failed"; readonly reason: string };

const scope = globalThis as unknown as {
  postMessage(news: VerifyNews): void;
  onmessage: ((event: MessageEvent<readonly Gathered[]>) => void) | null;
};

async function run(gathered: readonly Gathered[]): Promise<VerifyNews> {
  const start = performance.now();
  try {
    const files = new Map<string, Uint8Array>();
    for (const { path, file } of gathered) files.set(path, new Uint8Array(await file.arrayBuffer()));
    const judgement = await judge(files);
    return { kind: "judged", judgement, seconds: (performance.now() - start) / 1000 };
  } catch (fault) {
    return { kind: "failed", reason: fault instanceof Error ? fault.message : String(fault) };
  }
}

scope.onmessage = async ({ data }) => scope.postMessage(await run(data));
