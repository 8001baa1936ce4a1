/** The long parts of a document, kept under their digest: what was issued can be read again byte by byte. */
import { fromUtf8 } from "../../../formats/bytes.ts";
import { digestOf, type Json, jcs } from "../../../formats/jcs.ts";
import type { FileStore, Platform } from "../transaction/index.ts";
import type { DocumentContent, DocumentTerms, TenderDocument } from "./document.ts";

/** Stores a value under the digest of its canonical text. @returns the digest. */
export async function keepText(files: FileStore, value: unknown): Promise<string> {
  const bytes = jcs(value as Json);
  const sha256 = digestOf(value as Json);
  await files.put(sha256, bytes);
  return sha256;
}

/** @throws when the store has lost it: a fault, never a refusal. */
export async function readText<Value>(files: FileStore, sha256: string): Promise<Value> {
  const bytes = await files.get(sha256);
  if (!bytes) throw new Error(`the file store has lost ${sha256}`);
  return JSON.parse(fromUtf8(bytes)) as Value;
}

export function contentOf(platform: Platform, document: Pick<TenderDocument, "contentSha256">): Promise<DocumentContent> {
  return readText<DocumentContent>(platform.files, document.contentSha256);
}

/** The digest that names a version of the document. */
export function documentDigest(version: number, terms: DocumentTerms, parts: { contentSha256: string; files: readonly unknown[] }): string {
  return digestOf({ version, terms, contentSha256: parts.contentSha256, files: parts.files } as unknown as Json);
}

/** The fields of the bid form (投标函), which later stages read out. */
export function bidFormOf(content: DocumentContent) {
  return content.forms.find((form) => form.id === "bidForm")?.fields ?? [];
}
