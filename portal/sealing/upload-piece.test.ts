import assert from "node:assert/strict";
import { test } from "node:test";
import { type UploadParts, uploadPiece } from "./upload-piece.ts";

function parts(answers: (Response | Error)[]): UploadParts & { calls: string[]; waits: number[] } {
  const calls: string[] = [];
  const waits: number[] = [];
  return {
    calls,
    waits,
    membership: "mem_1",
    fetch: (url) => {
      calls.push(url);
      const answer = answers.shift();
      return answer instanceof Error || answer === undefined ? Promise.reject(answer ?? new Error("no answer")) : Promise.resolve(answer);
    },
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
    onWaiting: () => {},
  };
}

test("a broken line is tried again with the same name, later each time", async () => {
  const own = parts([new Error("line"), new Response("", { status: 503 }), new Response("{}", { status: 200 })]);
  await uploadPiece("ab", new Uint8Array(1), own);
  assert.deepEqual(own.calls, ["/api/v1/chunks/ab", "/api/v1/chunks/ab", "/api/v1/chunks/ab"]);
  assert.deepEqual(own.waits, [500, 1000]);
});

test("a refusal is not repeated", async () => {
  const own = parts([new Response("too large", { status: 413 })]);
  await assert.rejects(uploadPiece("ab", new Uint8Array(1), own), /413 too large/);
  assert.equal(own.calls.length, 1);
});
