import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { HouseError, houseErrorFrom } from "./house-error.ts";

function coded(code: string): Error {
  return Object.assign(new Error("a driver's own words"), { code });
}

test("each fault of the machine becomes one sentence of ours, with the cause kept", () => {
  for (const [code, problem] of [
    ["ENOSPC", "disk-full"],
    ["53100", "disk-full"],
    ["57P01", "database-gone"],
    ["ECONNREFUSED", "database-gone"],
  ] as const) {
    const cause = coded(code);
    const error = houseErrorFrom(cause);
    assert.equal(error?.problem, problem, code);
    assert.equal(error?.cause, cause);
    assert.match(error?.message ?? "", /^[A-Z][^\n]*\.$/);
  }
  assert.equal(houseErrorFrom(new Error("Connection terminated unexpectedly"))?.problem, "database-gone");
});

test("a bug is not a fault of the house", () => {
  assert.equal(houseErrorFrom(new TypeError("x is undefined")), undefined);
  assert.equal(houseErrorFrom(coded("42P01")), undefined);
  assert.equal(houseErrorFrom("text"), undefined);
});

test("a taken port is told as such", async () => {
  const first = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => first.once("listening", resolve));
  const address = first.address();
  assert(address !== null && typeof address === "object");
  const second = createServer().listen(address.port, "127.0.0.1");
  const error = await new Promise((resolve) => second.once("error", resolve));
  first.close();
  const known = houseErrorFrom(error);
  assert(known instanceof HouseError);
  assert.equal(known.problem, "port-taken");
  assert.match(known.message, new RegExp(`^Port ${address.port} is taken`));
});
