/**
 * Begins the sealing of a bid, or goes on with the one that a closed page left unfinished. Only one page at a time
 * may do so for a lot: two pages with one data key could encrypt two contents under the same nonces.
 */
import {
  type Bytes,
  drawSealSecrets,
  type HeaderFields,
  makeHeader,
  type Random,
  type SealHeader,
  suiteOf,
} from "../../formats/seal/index.ts";
import { openIndexedDbStore } from "./indexed-db-store.ts";
import { isSameBid, type UnfinishedUpload, UploadLedger, type UploadStore } from "./upload-ledger.ts";

export interface BegunUpload {
  header: SealHeader;
  key: CryptoKey | Bytes;
  /** Absent where nothing can be remembered; the upload then begins anew after a reload. */
  ledger?: UploadLedger;
}

/** Does the work under the lock of the lot. */
export async function withBegunUpload<T>(fields: HeaderFields, random: Random, work: (begun: BegunUpload) => Promise<T>): Promise<T> {
  // No browser holds an SM4 key for us, so a bid of suite 2 is never remembered.
  const canRemember = fields.suite === 1 && "indexedDB" in globalThis && "locks" in navigator;
  if (!canRemember) return work(beginFresh(fields, random));
  return navigator.locks.request(`egret-sealing/${fields.lotId}`, { ifAvailable: true }, async (lock) => {
    if (lock === null) return work(beginFresh(fields, random));
    return work(await beginRemembered(fields, random, openIndexedDbStore(fields.lotId)));
  });
}

/** Goes on where the store holds this very bid, else begins one that the store will hold. */
export async function beginRemembered(fields: HeaderFields, random: Random, store: UploadStore): Promise<BegunUpload> {
  const left = await store.load();
  const upload = left !== undefined && isSameBid(left.header, fields) ? left : await beginNew(fields, random, store);
  return { header: upload.header, key: upload.key, ledger: new UploadLedger(upload, store) };
}

async function beginNew(fields: HeaderFields, random: Random, store: UploadStore): Promise<UnfinishedUpload> {
  await store.clear();
  const { header, key: dek } = beginFresh(fields, random);
  const key = await crypto.subtle.importKey("raw", dek, "AES-GCM", false, ["encrypt"]);
  return { header, key, pieces: [] };
}

function beginFresh(fields: HeaderFields, random: Random): { header: SealHeader; key: Bytes } {
  const secrets = drawSealSecrets(suiteOf(fields.suite), random);
  return { header: makeHeader(fields, secrets), key: secrets.dek };
}
