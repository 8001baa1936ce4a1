/** For tests only: a small evaluation whose figures were worked out by hand, as lines of a record. */

import { digestOf } from "../../formats/jcs.ts";
import type { LineEvent, ShownLine } from "../../formats/record-line.ts";
import type { EvaluationSources } from "./sources.ts";

const [a, b, c] = ["a", "b", "c"].map((digit) => digit.repeat(64)) as [string, string, string];
export const bids = { a, b, c };

export const tree = {
  declared: [
    {
      id: "benchmark",
      op: "mul",
      children: [
        { id: "mean", op: "mean", source: "validBidPrices", drop: [{ from: 5, highest: 1, lowest: 1 }] },
        {
          id: "oneMinusK",
          op: "sub",
          children: [
            { id: "one", op: "const", value: "1" },
            { id: "K", op: "draw", list: ["4.0%", "5.0%"] },
          ],
        },
      ],
    },
    {
      id: "total",
      op: "sum",
      round: 2,
      children: [
        {
          id: "price",
          op: "benchmarkDeviation",
          base: "benchmark",
          fullScore: "60",
          perPercentAbove: "1.0",
          perPercentBelow: "0.5",
          floor: "0",
          round: 2,
        },
        { id: "plan", op: "expertScore", min: "0", max: "10", step: "0.5" },
        {
          id: "credit",
          op: "table",
          rows: [
            { key: "A", when: "A", score: "5" },
            { key: "B", when: "B", score: "3" },
          ],
        },
      ],
    },
  ],
  total: "total",
  technical: "plan",
  tieBreak: ["lowerPrice", "higherTechnical", "draw"],
};

type Pair = [value: string, shown: string];
const figure = (id: string, [value, shown]: Pair, of: { bidId?: string; seat?: string } = {}) => ({ id, value, shown, ...of });

/** 100, 110 and 90 yuan: mean 100, benchmark 96. Bid c lies 6.25 % below it and loses 3.125 of 60. */
const values = [
  figure("mean", ["100", "100.00"]),
  figure("one", ["1", "1.00"]),
  figure("K", ["1/25", "0.04"]),
  figure("oneMinusK", ["24/25", "0.96"]),
  figure("benchmark", ["96", "96.00"]),
  ...ofBid(a, { price: ["5583/100", "55.83"], plan: ["25/3", "8.33"], credit: ["5", "5.00"], total: ["1729/25", "69.16"] }, [
    "8",
    "8",
    "9",
  ]),
  ...ofBid(b, { price: ["2271/50", "45.42"], plan: ["9", "9.00"], credit: ["3", "3.00"], total: ["2871/50", "57.42"] }, ["9", "9", "9"]),
  ...ofBid(c, { price: ["1422/25", "56.88"], plan: ["15/2", "7.50"], credit: ["3", "3.00"], total: ["3369/50", "67.38"] }, [
    "7",
    "7.5",
    "8",
  ]),
];

function ofBid(bidId: string, figures: { price: Pair; plan: Pair; credit: Pair; total: Pair }, seats: string[]) {
  const exact = (text: string) => (text.endsWith(".5") ? `${2 * Number(text)}/2` : text);
  return [
    ...seats.map((score, k) => figure("plan", [exact(score), Number(score).toFixed(2)], { bidId, seat: String(k + 1) })),
    ...Object.entries(figures).map(([id, pair]) => figure(id, pair, { bidId })),
  ];
}

const row = (rank: number, bidDigest: string, priceFen: string, score: string) => ({ rank, bidDigest, priceFen, score });
const ranking = [row(1, a, "10000", "69.16"), row(2, c, "9000", "67.38"), row(3, b, "11000", "57.42")];

/** Without shared parts: what a test changes in one place must not change in another. */
const copied = <T>(value: T): T => JSON.parse(JSON.stringify(value));

export function result() {
  return copied({ values, ranking, seats: [1, 2, 3] });
}

const price = (bidDigest: string, priceFen: string, handedIn: number) => ({ bidDigest, handedIn, figures: { priceFen } });
export const begun = {
  terms: { version: 1, sha256: "0".repeat(64), method: { name: "comprehensive-evaluation", tree } },
  bids: [price(a, "10000", 1), price(b, "11000", 2), price(c, "9000", 3)],
  draws: { K: "4.0%" },
};
const rows = (key: string, bidDigest: string) => ({ bidDigest, flags: [], rows: { credit: key } });
const sheet = (...scores: [string, string, string]) => ({
  scores: Object.fromEntries([a, b, c].map((bid, k) => [bid, { plan: scores[k] ?? "" }])),
});

/** The events of the evaluation, in order; a test changes what it wants. */
export function events(): [stream: string, type: string, data: unknown][] {
  return copied<[string, string, unknown][]>([
    ["doc/L", "doc.issued", { terms: { method: begun.terms.method } }],
    ["opn/L", "opn.readOut", { figures: begun.bids.map(({ bidDigest, figures }) => ({ bidDigest, priceFen: figures.priceFen })) }],
    ["evl/L", "evl.begun", begun],
    ["evl/L", "evl.scrutinised", { facts: [rows("A", a), rows("A", b), rows("B", c)] }],
    ["evl/L", "evl.factFound", { bidDigest: b, item: "credit", key: "B" }],
    ["evl/L", "evl.sheetOpened", { seat: 1, sheet: "sht/1" }],
    ["evl/L", "evl.sheetOpened", { seat: 2, sheet: "sht/2" }],
    ["evl/L", "evl.sheetOpened", { seat: 3, sheet: "sht/3" }],
    ["sht/1", "sht.saved", sheet("1", "2", "3")],
    ["sht/1", "sht.submitted", sheet("8", "9", "7")],
    ["sht/2", "sht.submitted", sheet("8", "9", "7.5")],
    ["sht/3", "sht.submitted", sheet("9", "9", "8")],
    ["evl/L", "evl.computed", { ...result(), resultDigest: digestOf(result()) }],
  ]);
}

export function sourcesOf(all: readonly [string, string, unknown][]): EvaluationSources {
  const lines = all.map(([stream, type, data], position): ShownLine => {
    const place = { position, prevChain: "", commitment: "", version: position + 1, at: "2026-12-08T02:00:00.000Z" };
    return { ...place, stream, type, data: data as LineEvent["data"] };
  });
  const opened = new Set(Object.values(bids));
  return { lines: new Map(lines.map((line) => [line.position, line])), coefficients: [{ id: "K", value: "4.0%" }], openedBids: opened };
}
