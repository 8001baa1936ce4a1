/** Files of open papers (never of a bid): put under their digest, then named by it in an act. */
import { hex } from "../../formats/bytes.ts";
import { putBytes } from "./client.ts";

/** What an act says about a file. */
export type FileName = {
  readonly name: string;
  readonly size: number;
  readonly sha256: string;
  readonly mediaType: string;
};

/** Uploads a file and answers how an act names it. */
export async function uploadFile(file: File): Promise<FileName> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sha256 = hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  await putBytes(`/files/${sha256}`, bytes);
  return { name: file.name, size: file.size, sha256, mediaType: file.type || "application/octet-stream" };
}
