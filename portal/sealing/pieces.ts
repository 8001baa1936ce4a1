/**
 * Joins the sealed chunks of a body into pieces for upload. Chunks come as 1, 2, … N−1, 0; pieces must follow the
 * order of the ciphertext, at most 4 MiB each, under names of chance that tell nothing.
 */

/** One piece, ready to be sent; `first` is the index of its first chunk. */
export type Piece = { readonly first: number; readonly bytes: Uint8Array<ArrayBuffer> };

/** 3 chunks of 1 MiB and a tag stay below the 4 MiB that the server takes. */
const chunksInPiece = 3;

/** Collects chunks and hands out pieces as they become whole. */
export class PieceMaker {
  #chunks: Uint8Array[] = [];
  #first = 1;
  #next = 1;

  /** Takes the next chunk; returns a piece when one is whole. */
  take(index: number, bytes: Uint8Array<ArrayBuffer>): Piece | undefined {
    if (index === 0) return { first: 0, bytes };
    if (index !== this.#next) throw new RangeError(`chunk ${index} came instead of ${this.#next}`);
    this.#chunks.push(bytes);
    this.#next = index + 1;
    return this.#chunks.length === chunksInPiece ? this.rest() : undefined;
  }

  /** The last, shorter piece, if there is one. */
  rest(): Piece | undefined {
    if (this.#chunks.length === 0) return undefined;
    const size = this.#chunks.reduce((sum, chunk) => sum + chunk.length, 0);
    const bytes = new Uint8Array(size);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    const piece = { first: this.#first, bytes };
    this.#first = this.#next;
    this.#chunks = [];
    return piece;
  }
}
