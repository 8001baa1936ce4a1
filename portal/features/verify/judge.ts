/** From what was dropped to a judgement: takes out what the reader brought from elsewhere, and sees what the rest is. */
import { readTrust } from "../../../verifier/trust.ts";
import { judgeDraw } from "./draw-checks.ts";
import type { Judgement } from "./judgement.ts";
import { judgeBundle, judgePackage, type Own } from "./package-checks.ts";
import { judgeCeremony, judgeOpening, judgeReceipt } from "./seal-checks.ts";
import { isZip, unzip } from "./zip.ts";

export type Files = ReadonlyMap<string, Uint8Array>;

export async function judge(dropped: Files): Promise<Judgement> {
  const { own, files } = apart(dropped);
  const [first] = files.values();
  if (files.size === 1 && first !== undefined) {
    return isZip(first) ? judgePackage(fromRoot(await unzip(first)), own) : judgeFile(first, own);
  }
  return judgePackage(fromRoot(files), own);
}

/** The `format` of a JSON text, whatever else it is. */
function formatOf(bytes: Uint8Array): unknown {
  if (bytes[0] !== 0x7b || bytes.length > 64 * 1024 * 1024) return undefined;
  try {
    return (JSON.parse(new TextDecoder().decode(bytes)) as { format?: unknown }).format;
  } catch {
    return undefined;
  }
}

/** A trust file and an evidence policy that lie beside the rest are the reader's own; inside a folder they are the package's. */
function apart(dropped: Files): { own: Own; files: Files } {
  const files = new Map(dropped);
  let own: Own = {};
  for (const [path, bytes] of dropped) {
    if (path.includes("/") || dropped.size === 1) continue;
    const format = formatOf(bytes);
    if (format === "egret-trust/v1") own = { ...own, trustedKeys: readTrust(new TextDecoder().decode(bytes)) ?? [] };
    else if (format === "evidence-policy/v1") own = { ...own, policy: bytes };
    else continue;
    files.delete(path);
  }
  return { own, files };
}

function judgeFile(bytes: Uint8Array, own: Own): Judgement {
  const format = formatOf(bytes);
  if (format === "draw-record/v1") return judgeDraw(bytes);
  if (format === "seal-opening/v1") return judgeOpening(bytes);
  if (format === "seal-ceremony/v1") return judgeCeremony(bytes);
  if (format === "seal-receipt/v1") return judgeReceipt(bytes, own.trustedKeys);
  if (format === "evidence-bundle/v1") return judgeBundle(bytes, own.policy);
  return { kind: "unknown", verdict: "undecided", figures: {}, checks: [], log: { source: "none", witnesses: [] } };
}

/** Without the folders above the one that holds the manifest: a dropped folder brings its own name along. */
function fromRoot(files: Files): Files {
  const manifests = [...files.keys()].filter((path) => /(^|\/)manifest\.json$/.test(path));
  const [shortest] = manifests.sort((a, b) => a.length - b.length);
  const folder = shortest?.slice(0, -"manifest.json".length).replace(/(^|\/)suite-[12]\/$/, "$1") ?? "";
  if (![...files.keys()].every((path) => path.startsWith(folder))) return files;
  return new Map([...files].map(([path, bytes]) => [path.slice(folder.length), bytes]));
}
