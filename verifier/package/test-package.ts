/**
 * Test fixture: a small package made by hand in a folder. `signPackage` signs whatever lies there, so
 * that a test can play a platform that tampers and signs anew.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { p256 } from "@noble/curves/nist.js";
import { concat, fromHex, hex, u32 } from "../../formats/bytes.ts";
import { jcs, sha256 } from "../../formats/jcs.ts";
import { makeManifest, packageFile, packageSigner } from "../../formats/package.ts";
import { chainAfter, chainStart, commitmentOf, type LineEvent, provenLine, type RecordLine } from "../../formats/record-line.ts";
import { aDraw } from "../draw/test-draw.ts";
import { anOpening } from "./test-opening.ts";

export const platformSecret = sha256("a-package platform");
export const platformKey = hex(p256.getPublicKey(platformSecret, true));
const personSecret = sha256("a-package person");

const at = (minute: number) => `2026-11-23T02:${String(minute).padStart(2, "0")}:00.000Z`;

function eventOf(minute: number, stream: string, [type, version]: [string, number], data: LineEvent["data"]): LineEvent {
  const digest = hex(sha256(jcs({ type, data })));
  const sig = hex(p256.sign(concat("egret/v1 act\n", fromHex(digest)), personSecret, { lowS: false }));
  const act = { digest, key: hex(p256.getPublicKey(personSecret, true)), sig };
  const isSystem = type === "lot.stepDone";
  return {
    v: 1,
    stream,
    version,
    type,
    at: at(minute),
    actor: isSystem ? "system" : "person-1",
    membership: isSystem ? null : "m-1",
    commandId: `command-${minute}`,
    act: isSystem ? null : act,
    data,
  };
}

const events: LineEvent[] = [
  eventOf(0, "lot/L-1", ["lot.opened", 1], { name: "一标段" }),
  eventOf(1, "bid/x", ["bid.sealed", 1], { secret: "not disclosed" }),
  eventOf(2, "lot/L-1", ["lot.stepDone", 2], { step: "opening.run", outcome: "enough" }),
  eventOf(3, "awd/L-1", ["awd.decided", 1], { winners: [{ bidderId: "pty_1", priceFen: "128000000" }] }),
];

/** The lines of the record; those at the named positions are reduced. */
export function recordLines(reduced: readonly number[] = [1]): RecordLine[] {
  let prevChain = chainStart;
  return events.map((event, position) => {
    const salt = hex(sha256("salt", u32(position)));
    const place = { position, prevChain, commitment: commitmentOf(event, salt) };
    prevChain = chainAfter(place);
    return reduced.includes(position) ? place : provenLine(place, event, salt);
  });
}

export function summary() {
  return {
    lot: "L-1",
    winner: { bidderId: "pty_1", name: "甲建设有限公司", creditCode: "91350200M0001", priceFen: "128000000" },
    bidsReceived: 3,
    bidsOpened: 2,
    steps: [{ step: "opening.run", outcome: "enough", at: at(2), position: 2 }],
  };
}

export function writeRecord(root: string, lines: readonly unknown[]): void {
  put(root, "record.jsonl", lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

export function put(root: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

/** The bag of the archive over whatever lies in its data folder. */
export function writeBag(root: string): void {
  put(root, "archive/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
  const payload = filesOf(join(root, "archive")).filter((path) => path.startsWith("data/"));
  const bytes = payload.reduce((sum, path) => sum + statSync(join(root, "archive", path)).size, 0);
  put(root, "archive/bag-info.txt", `Source-Organization: test\nPayload-Oxum: ${bytes}.${payload.length}\n`);
  put(root, "archive/manifest-sha256.txt", listing(root, payload));
  put(root, "archive/tagmanifest-sha256.txt", listing(root, ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"]));
}

function listing(root: string, paths: readonly string[]): string {
  return paths.map((path) => `${hex(sha256(readFileSync(join(root, "archive", path))))}  ${path}\n`).join("");
}

export function filesOf(root: string): string[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** Signs the folder as it is. */
export async function signPackage(root: string, secret: Uint8Array = platformSecret): Promise<void> {
  const paths = filesOf(root).filter((path) => path !== "manifest.json");
  const files = Object.fromEntries(paths.map((path) => [path, packageFile(readFileSync(join(root, path)))]));
  put(root, "manifest.json", JSON.stringify(await makeManifest(files, packageSigner(secret)), undefined, 1));
}

/** A whole good package. */
export async function writePackage(root: string): Promise<void> {
  const { opening, bodies } = await anOpening(platformSecret, platformKey);
  put(root, "seal/opening.json", JSON.stringify(opening));
  put(root, "seal/ceremony.json", JSON.stringify(opening.ceremony));
  for (const [digest, body] of bodies) put(root, `seal/bodies/${digest}.bin`, body);
  put(root, "draw/experts.json", JSON.stringify(aDraw({ label: "experts" })));
  put(root, "draw/coefficient.json", JSON.stringify(aDraw({ label: "k", kind: "coefficient" })));
  put(root, "documents/notice.pdf", "%PDF-1.7\n% a made-up notice\n%%EOF\n");
  put(root, "archive/data/notice.pdf", "%PDF-1.7\n% a made-up notice\n%%EOF\n");
  put(root, "archive/data/list.txt", "one item\n");
  put(root, "summary.json", JSON.stringify(summary()));
  writeRecord(root, recordLines());
  writeBag(root);
  await signPackage(root);
}
