/**
 * Sealing in Chromium against raw WebCrypto AES-GCM of the same file on the same page.
 * `node bench/seal.ts [--full]` seals 1 GiB, the published size; --full takes more rounds.
 *
 * `ratio` is that of a bid of many files, the usual one; `detail.oneFile` is the worst case, a single file too large
 * to be hashed by the browser at once. `rawFromMemoryMiBs` stands beside them: the yardstick without reading a file.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { build } from "vite";
import { fillerBytes } from "../formats/seal/rehearsal.ts";
import { findBrowser, LAUNCH_FLAGS } from "../tools/browser.ts";
import { type BenchOptions, median } from "./report.ts";
import type { PageResult, PageWish } from "./seal-page.ts";

const MIB = 2 ** 20;

/** Medians of the rounds as one JSON-able object. */
export async function run({ full = false }: Pick<BenchOptions, "full"> = {}) {
  const bytes = 1024 * MIB;
  const folder = await mkdtemp(join(tmpdir(), "egret-bench-seal-"));
  const page = await openPage(await bundlePage());
  try {
    await writeFile(join(folder, "bid.bin"), blocksOf(bytes));
    await page.page.setInputFiles("input", join(folder, "bid.bin"));
    const manyFiles = await measureIn(page.page, { bytes, rounds: full ? 7 : 3, fileBytes: 16 * MIB });
    const oneFile = await measureIn(page.page, { bytes, rounds: full ? 3 : 1, fileBytes: bytes });
    return {
      bench: "seal",
      bytes,
      ratio: manyFiles.ratio,
      detail: { manyFiles, oneFile, processors: page.processors, browser: page.browser },
    };
  } finally {
    await page.close();
    await rm(folder, { recursive: true });
  }
}

function* blocksOf(bytes: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes; at += MIB) yield fillerBytes(at / MIB + 1, Math.min(MIB, bytes - at));
}

async function measureIn(page: Page, wish: PageWish) {
  const measured = await page.evaluate((asked) => {
    const { measure } = globalThis as unknown as { measure(wish: PageWish): Promise<PageResult> };
    return measure(asked);
  }, wish);
  const [seal, raw, memory] = [median(measured.sealMs), median(measured.rawMs), median(measured.rawFromMemoryMs)];
  // Of each round by itself: the two stand side by side in time, whatever else the machine does.
  const ratio = median(measured.sealMs.map((ms, round) => (measured.rawMs[round] ?? Number.NaN) / ms));
  const rate = (ms: number) => Math.round(wish.bytes / MIB / (ms / 1000));
  return {
    fileBytes: wish.fileBytes,
    rounds: wish.rounds,
    ratio: Math.round(100 * ratio) / 100,
    sealMiBs: rate(seal),
    rawMiBs: rate(raw),
    rawFromMemoryMiBs: rate(memory),
  };
}

/** The page's script and its workers, by path. */
async function bundlePage(): Promise<Map<string, string | Uint8Array>> {
  const built = await build({
    configFile: false,
    logLevel: "error",
    root: import.meta.dirname,
    base: "/",
    worker: { format: "es" },
    build: {
      write: false,
      target: "es2023",
      rollupOptions: { input: join(import.meta.dirname, "seal-page.ts"), output: { entryFileNames: "page.js" } },
    },
  });
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) => ("output" in one ? one.output : []));
  return new Map(outputs.map((file) => [`/${file.fileName}`, file.type === "chunk" ? file.code : file.source]));
}

/** A page on http://localhost, which is a secure context. */
async function openPage(files: ReadonlyMap<string, string | Uint8Array>) {
  const server = createServer((request, response) => {
    const file = files.get(request.url ?? "");
    response.setHeader("content-type", file === undefined ? "text/html" : "text/javascript");
    response.end(file ?? '<!doctype html><input type="file"><script type="module" src="/page.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const { path, env } = await findBrowser();
  const environment = Object.fromEntries(Object.entries({ ...process.env, ...env }).map(([name, value]) => [name, value ?? ""]));
  const browser = await chromium.launch({ executablePath: path, args: [...LAUNCH_FLAGS], env: environment });
  const page = await browser.newPage();
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  await page.waitForFunction("typeof measure === 'function'");
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { page, browser: browser.version(), processors: await page.evaluate("navigator.hardwareConcurrency"), close };
}

if (import.meta.main) console.log(JSON.stringify(await run({ full: process.argv.includes("--full") })));
