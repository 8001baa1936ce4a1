import assert from "node:assert/strict";
import { test } from "node:test";
import { FileFault } from "./file-fault.ts";
import { openingsOf, timesOf } from "./map-days.ts";
import { readTenders } from "./read-tenders.ts";
import { anomaliesOf, summaryOf, tradeOf } from "./summary.ts";

const head = "tender,openedOn,title,ceilingPrice,floorPrice,bidder,bidPrice,won";
const file = (...rows: string[]) => [head, ...rows, ""].join("\n");
const said = (text: string) => {
  try {
    readTenders(text);
  } catch (fault) {
    if (fault instanceof FileFault) return fault.message;
    throw fault;
  }
  return "";
};

test("rows become tenders in the order of the file; a second row of a bidder is its own party", () => {
  const [first, second] = readTenders(
    file(
      'T1,2007-05-09,"works, ""north""",2030000,,B1,1820000,1',
      "T2,2007-05-10,works,,900.50,B1,1000,0",
      'T1,2007-05-09,"works, ""north""",2030000,,B2,1970000,0',
      'T1,2007-05-09,"works, ""north""",2030000,,B1,1950000,0',
    ),
  );
  assert.equal(first?.title, 'works, "north"');
  assert.deepEqual(
    first?.bids.map(({ party, priceFen, won }) => [party, priceFen, won]),
    [
      ["B1", "182000000", true],
      ["B2", "197000000", false],
      ["B1#2", "195000000", false],
    ],
  );
  assert.deepEqual([second?.ceilingFen, second?.floorFen], [null, "90050"]);
});

test("columns may stand in another order, with a byte order mark and CRLF", () => {
  const text = "\uFEFFwon,bidPrice,bidder,floorPrice,ceilingPrice,title,openedOn,tender\r\n1,10,B1,,20,works,2008-02-29,T1\r\n";
  assert.deepEqual(readTenders(text)[0]?.bids, [{ party: "B1", priceFen: "1000", won: true }]);
});

test("what cannot be used is told in one sentence with its line", () => {
  const row = "T1,2007-05-09,works,20,,B1,10,1";
  for (const [text, words] of [
    ["tender,bidder\nT1,B1\n", /columns .*missing: openedOn/],
    ["", /first line/],
    [file(), /no rows/],
    [file("T1,2007-05-09,works"), /^Line 2: 3 cells instead of 8\.$/],
    [file(row, "T1,2007-02-30,works,20,,B2,10,0"), /^Line 3: openedOn/],
    [file(row, "T1,2007-05-09,works,30,,B2,10,0"), /^Line 3: ceilingPrice differs/],
    [file("T1,2007-05-09,works,20,,B1,-10,1"), /^Line 2: bidPrice "-10"/],
    [file("T1,2007-05-09,works,20,,B1,0,1"), /^Line 2: bidPrice "0"/],
    [file("T1,2007-05-09,works,20,30,B1,10,1"), /^Line 2: the floor is above the ceiling/],
    [file("T1,2007-05-09,works,20,,B1#2,10,1"), /^Line 2: "B1#2" is no bidder/],
    [file("../x,2007-05-09,works,20,,B1,10,1"), /^Line 2: "..\/x" is no tender number/],
    [file("T1,2007-05-09,works,20,,B1,10,yes"), /^Line 2: won is "yes"/],
    [file(row, "T1,2007-05-09,works,20,,B2,10,1"), /^Tender T1 has 2 winners/],
    [file('T1,2007-05-09,wo"rks,20,,B1,10,1'), /^Line 2: a quote is out of place/],
  ] as const) {
    assert.match(said(text), words);
  }
});

test("openings keep their order in 2026 and stand on working days; the notice is twenty days before", () => {
  const tenders = readTenders(
    file("A,2007-05-09,a,20,,B1,10,1", "B,2008-02-11,b,20,,B1,10,1", "C,2008-02-11,c,20,,B1,10,1", "D,2008-10-16,d,20,,B1,10,1"),
  );
  const openings = [...openingsOf(tenders).values()].map(({ day, hour }) => `${day} ${hour}`);
  assert.deepEqual(openings, ["2026-02-09 09", "2026-07-09 09", "2026-07-09 10", "2026-11-20 09"]);
  const { noticeOn, candidates, decision } = timesOf({ day: "2026-02-25", hour: "09" });
  // Spring festival 2026 is off from the 15th to the 23rd of February.
  assert.deepEqual([noticeOn, candidates, decision], ["2026-02-04", "2026-02-26T01:00:00.000Z", "2026-03-03T01:00:00.000Z"]);
});

test("a day has eight openings, the ninth is on the next working day; a file that is too long is refused", () => {
  const rows = (count: number) => Array.from({ length: count }, (_, i) => `T${i},2007-05-09,a,20,,B1,10,1`);
  const openings = [...openingsOf(readTenders(file(...rows(9)))).values()];
  assert.deepEqual(
    [openings[7], openings[8]],
    [
      { day: "2026-02-09", hour: "16" },
      { day: "2026-02-10", hour: "09" },
    ],
  );
  assert.throws(() => openingsOf(readTenders(file(...rows(1700)))), FileFault);
});

test("what is out of the ordinary is listed", () => {
  const [tender] = readTenders(
    file(
      "T1,2007-05-09,a,100,50,B1,60,1",
      "T1,2007-05-09,a,100,50,B2,60,0",
      "T1,2007-05-09,a,100,50,B1,40,0",
      "T1,2007-05-09,a,100,50,B3,101,0",
    ),
  );
  assert.ok(tender);
  assert.deepEqual(
    anomaliesOf(tender).map(({ kind, parties }) => [kind, parties]),
    [
      ["secondRow", ["B1", "B1#2"]],
      ["equalPrices", ["B1", "B2"]],
      ["outsideLimits", ["B1#2", "B3"]],
      ["fewValidBids", ["B1#2", "B3"]],
    ],
  );
  const { winnersAgree, anomalies } = summaryOf([tender], [tradeOf(tender, "B2")]);
  assert.deepEqual([winnersAgree, anomalies.at(-1)?.kind], [0, "otherWinner"]);
});
