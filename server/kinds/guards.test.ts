import assert from "node:assert/strict";
import { test } from "node:test";
import type { Binding } from "../../law/bindings.ts";
import type { ColumnData } from "./grid/cell.ts";
import { column, columns, readColumn } from "./grid/columns.ts";
import { columnFaults, guardGrid } from "./guards.ts";
import { type GateRoutes, type RoutedColumn, routed } from "./routes.ts";

test("the 22 columns pass every guard", () => {
  guardGrid();
  for (const candidate of columns) assert.deepEqual(columnFaults(routed(candidate)), [], candidate.code);
});

/** The open tender with other cells and, if given, other routes. */
function planted(cells: Record<string, string | undefined>, gates: readonly GateRoutes[] = []): RoutedColumn {
  const { data } = column("CO");
  const changed = Object.fromEntries(Object.entries({ ...data.cells, ...cells }).filter(([, cell]) => cell !== undefined));
  return { column: readColumn({ ...data, cells: changed as ColumnData["cells"] }), gates };
}

const breaches: [string, RoutedColumn, RegExp][] = [
  [
    "a pass that no route comes to",
    planted({ "auction.run": "2", "contract.sign": "3" }, [
      { pass: 1, step: "archive.close", outcomes: { archived: { to: "pass", pass: 3 } } },
    ]),
    /pass 2 is never reached/,
  ],
  [
    "a pass that never ends",
    planted({ "auction.run": "2" }, [{ pass: 2, step: "auction.run", outcomes: { sold: { to: "pass", pass: 2 } } }]),
    /pass 2 never comes to an end/,
  ],
  [
    "a route to a pass that is not there",
    planted({}, [{ pass: 1, step: "opening.open", outcomes: { opened: { to: "pass", pass: 7 } } }]),
    /leads to pass 7, which does not exist/,
  ],
  [
    "a route from a step that is no gate",
    planted({}, [{ pass: 1, step: "bidding.submit", outcomes: { closed: { to: "next" } } }]),
    /begins at bidding.submit of pass 1, which is no gate/,
  ],
  [
    "a new run from a step that the pass does not have",
    planted({}, [
      { pass: 1, step: "opening.open", outcomes: { opened: { to: "next" }, again: { to: "pass", pass: 1, from: "auction.run" } } },
    ]),
    /begins pass 1 at auction.run, which is not in it/,
  ],
  [
    "bids read before any opening",
    planted({ "opening.open": "2", "bidding.submit": "2", "ceremony.run": "1" }),
    /evaluation.examine of pass 1 reads bids that nobody has opened/,
  ],
  ["bids submitted and never opened", planted({ "bidding.submit": "12" }), /bids of pass 2 are never opened/],
  ["bids sealed before the ceremony", planted({ "ceremony.run": undefined }), /bids of pass 1 are sealed before any ceremony/],
  ["a decision that rests on nothing", planted({ "evaluation.report": undefined }), /award.decide of pass 1 rests on nothing/],
  [
    "a blocking rule whose step the column lacks",
    planted({ "tendering.clarify": undefined }),
    /blocking rule CON-017 is bound to tendering.clarify, which the column does not have/,
  ],
];

test("each guard refuses a planted wrong column", () => {
  for (const [name, routes, fault] of breaches) {
    assert.match(columnFaults(routes).join("; "), fault, name);
    assert.throws(() => guardGrid([routes]), /the grid of procedures is wrong: CO: /, name);
  }
});

test("a binding to a step that the grid does not have is refused", () => {
  const wrong: Binding = {
    rule: "CON-016",
    owner: "tendering",
    steps: ["tendering.guess"],
    command: null,
    shape: "limit",
    columns: ["CO"],
  };
  assert.match(columnFaults(routed(column("CO")), [wrong]).join("; "), /unknown step tendering.guess/);
});
