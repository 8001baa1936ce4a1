import assert from "node:assert/strict";
import { test } from "node:test";
import { commandsFrom, drawStates, end, isEnd, next, stateFaults, states } from "./states.ts";

const bidStates = states({
  sealed: { replace: "sealed", withdraw: "withdrawn", unseal: "opened" },
  opened: { reject: "rejected", confirm: "opened" },
  rejected: { restore: "opened", close: "closed" },
  withdrawn: end,
  closed: end,
});

test("a move leads where the table says, and what is no move leads nowhere", () => {
  assert.equal(bidStates.initial, "sealed");
  assert.equal(next(bidStates, "sealed", "unseal"), "opened");
  assert.equal(next(bidStates, "opened", "unseal"), undefined);
  assert.equal(next(bidStates, "withdrawn", "replace"), undefined);
  assert.deepEqual(commandsFrom(bidStates, "opened"), ["reject", "confirm"]);
  assert.deepEqual(commandsFrom(bidStates, "closed"), []);
  assert.equal(isEnd(bidStates, "closed"), true);
  assert.equal(isEnd(bidStates, "opened"), false);
});

test("names that every object inherits are no moves", () => {
  assert.equal(next(bidStates, "sealed", "constructor" as "unseal"), undefined);
  assert.throws(() => next(bidStates, "gone" as "sealed", "unseal"), /no such state/);
});

const wrong: [string, Record<string, Record<string, string> | typeof end>, RegExp][] = [
  ["a move to a state without a row", { open: { close: "gone" }, done: end }, /open leads to unknown gone/],
  ["a state that nobody reaches", { open: { close: "done" }, lost: { close: "done" }, done: end }, /lost is never reached/],
  [
    "an open state without a way out",
    { open: { go: "stuck", close: "done" }, stuck: { stay: "stuck" }, done: end },
    /stuck has no way out/,
  ],
  [
    "two states that only lead to one another",
    { open: { go: "ping", close: "done" }, ping: { go: "pong" }, pong: { go: "ping" }, done: end },
    /ping never comes to an end/,
  ],
  ["no state at all", {}, /needs a state/],
];

test("a wrong table does not start", () => {
  for (const [name, rows, fault] of wrong) assert.throws(() => states(rows), fault, name);
  assert.deepEqual(stateFaults({ open: { close: "done" }, done: { reopen: "open" } }, "open"), []);
});

test("the picture has every move once", () => {
  assert.equal(
    drawStates(bidStates),
    "stateDiagram-v2\n  [*] --> sealed\n  sealed --> sealed: replace\n  sealed --> withdrawn: withdraw\n  sealed --> opened: unseal\n" +
      "  opened --> rejected: reject\n  opened --> opened: confirm\n  rejected --> opened: restore\n  rejected --> closed: close\n  withdrawn --> [*]\n  closed --> [*]\n",
  );
});
