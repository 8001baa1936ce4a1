import assert from "node:assert/strict";
import { test } from "node:test";
import { type Piece, PieceMaker } from "./pieces.ts";

const chunk = (index: number) => Uint8Array.from([index, index]);

function piecesOf(count: number): Piece[] {
  const maker = new PieceMaker();
  const pieces: Piece[] = [];
  const add = (piece: Piece | undefined) => piece && pieces.push(piece);
  for (let index = 1; index < count; index++) add(maker.take(index, chunk(index)));
  add(maker.rest());
  add(maker.take(0, chunk(0)));
  return pieces.sort((a, b) => a.first - b.first);
}

test("pieces in order of their first chunk are the ciphertext, whatever its length", () => {
  for (const count of [1, 2, 3, 4, 5, 8, 11]) {
    const joined = piecesOf(count).flatMap(({ bytes }) => [...bytes]);
    assert.deepEqual(joined, Array.from({ length: count }, (_, index) => [index, index]).flat(), `${count} chunks`);
  }
});

test("no piece has more than three chunks, and a chunk out of order is a fault", () => {
  assert.ok(piecesOf(11).every(({ bytes }) => bytes.length <= 6));
  assert.throws(() => new PieceMaker().take(2, chunk(2)), RangeError);
});
