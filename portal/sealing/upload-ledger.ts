/**
 * What a page must remember to go on with a broken upload after it was closed: the header, the data key as a
 * CryptoKey that cannot be exported, and name and digest of every piece. It is forgotten as soon as all pieces lie
 * at the platform. A piece is noted before it is sent: the same nonces must never carry two different contents,
 * so a piece that comes out differently than noted ends the resumption (seal-v1 §10).
 */
import type { HeaderFields, SealHeader } from "../../formats/seal/index.ts";

/** One piece as noted, under the index of its first chunk. */
export interface NotedPiece {
  first: number;
  name: string;
  sha256: string;
  /** The platform has answered that it keeps the piece. */
  isStored: boolean;
}

export interface UnfinishedUpload {
  header: SealHeader;
  key: CryptoKey;
  pieces: NotedPiece[];
}

/** Where unfinished uploads are kept, one at a time; IndexedDB in a page. */
export interface UploadStore {
  load(): Promise<UnfinishedUpload | undefined>;
  save(upload: UnfinishedUpload): Promise<void>;
  clear(): Promise<void>;
}

/** The files are not those whose upload was begun. */
export class FilesChanged extends Error {}

export class UploadLedger {
  readonly upload: UnfinishedUpload;
  private readonly store: UploadStore;
  private saving: Promise<void> = Promise.resolve();
  private isOver = false;

  constructor(upload: UnfinishedUpload, store: UploadStore) {
    this.upload = upload;
    this.store = store;
  }

  /** The piece to send or to skip. @throws FilesChanged when it was noted with other bytes. */
  async note(piece: { first: number; sha256: string; newName: () => string }): Promise<NotedPiece> {
    const known = this.upload.pieces.find(({ first }) => first === piece.first);
    if (known !== undefined && known.sha256 !== piece.sha256) {
      await this.finish();
      throw new FilesChanged("文件在上传中断后有改动，须重新密封。");
    }
    if (known !== undefined) return known;
    const noted = { first: piece.first, name: piece.newName(), sha256: piece.sha256, isStored: false };
    this.upload.pieces.push(noted);
    await this.save();
    return noted;
  }

  async stored(piece: NotedPiece): Promise<void> {
    piece.isStored = true;
    await this.save();
  }

  /** Nothing has to be remembered any more, whatever other pieces still report. */
  async finish(): Promise<void> {
    this.isOver = true;
    await this.saving;
    await this.store.clear();
  }

  /** One write after the other, so that an older state never replaces a newer one. */
  private save(): Promise<void> {
    if (!this.isOver) this.saving = this.saving.then(() => this.store.save(this.upload));
    return this.saving;
  }
}

/** True when an unfinished upload was begun for this bid: same lot, bidder, version, key and size. */
export function isSameBid(header: SealHeader, wish: HeaderFields): boolean {
  const { bidderEncKey, ...fields } = wish;
  const isSame = Object.entries(fields).every(([name, value]) => header[name as keyof typeof fields] === value);
  return isSame && header.wrapKb.alg === "ecies" && header.wrapKb.key === bidderEncKey;
}
