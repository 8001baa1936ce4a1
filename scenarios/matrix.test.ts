/**
 * The matrix of decisions §8: every read × reader × stage over HTTP, against a table written by hand from roles.md, on
 * one lot that is walked through its stages. Beside the letters, no body may name a bidder before the opening or an
 * expert before the result. A breach is planted in each dimension, over HTTP too, and must be seen.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { lawCells } from "../server/identity/matrix/law-cells.ts";
import {
  cellOf,
  type MatrixLine,
  type MatrixReader,
  type MatrixStage,
  matrixReaders,
  matrixStages,
  readTable,
} from "../server/identity/matrix/read-table.ts";
import { visibility } from "../server/identity/visibility.ts";
import { seededRandom } from "../server/kernel/index.ts";
import type { Read } from "../server/trade/transaction/index.ts";
import { founderWish, organisationNamed } from "./city/city.ts";
import { cast } from "./construction-open/prepare.ts";
import { type OwnPlatform, openOwnPlatform } from "./driver/own-platform.ts";
import { ask, fill, placesOf } from "./matrix/ask.ts";
import { enrolReaders, type Readers } from "./matrix/readers.ts";
import { type Look, walk } from "./matrix/walk.ts";

type Mutable = Record<string, { from: string; to?: string; sides: readonly string[] | "all" }[]>;

const home = process.env.EGRET_HOME ?? join(import.meta.dirname, "../.egret");
const differing: string[] = [];
const leaks: string[] = [];
const observed = new Map<string, boolean>();
const seen: Partial<Record<string, string[]>> = {};
let cells = 0;
let own: OwnPlatform;

before(async () => {
  own = await openOwnPlatform({ name: "matrix", seed: 1, start: "2026-11-01T16:00:00.000Z", home, founder: founderWish });
  await walk(own.world, await enrolReaders(own.world), seededRandom(1, "story"), look);
});
after(async () => {
  await own.close();
});

const look: Look = async (stage, lotId, readers) => {
  const places = await placesOf(own.world, readers, lotId);
  const place: Place = { stage, readers, places };
  for (const line of readTable) await askLine(line, place, { differing, leaks });
  await plant(stage, place);
};

interface Place {
  stage: MatrixStage;
  readers: Readers;
  places: Record<string, string>;
}

async function askLine(
  line: MatrixLine,
  { stage, readers, places }: Place,
  found: { differing: string[]; leaks: string[] },
  only: readonly MatrixReader[] = matrixReaders,
): Promise<void> {
  for (const reader of only) {
    // The committee is drawn only after the notice.
    if (reader !== "public" && readers[reader] === undefined) continue;
    const { status, text } = await ask(own.world, readers, { reader, path: fill(line.path, places) });
    const letter = cellOf(line, reader, stage);
    if (found.differing === differing) {
      cells += 1;
      observed.set(`${line.path} ${reader} ${stage}`, status === 200);
    }
    const fits = letter === "N" ? status === 404 : status === 200;
    if (!fits) found.differing.push(`${stage} ${line.path} ${reader}: ${letter}, but ${status}`);
    const words = await secretsFor(readers, { reader, stage, path: line.path, own: letter === "O" });
    for (const word of words) if (text.includes(word)) found.leaks.push(`${stage} ${line.path} ${reader} names ${word}`);
  }
}

/** Words that this reader must not meet at this stage: bidders before the opening, committee members before the result. */
async function secretsFor(
  readers: Readers,
  cell: { reader: MatrixReader; stage: MatrixStage; path: string; own: boolean },
): Promise<string[]> {
  const { reader, stage, path } = cell;
  const firms = cast.bidders.map((person, i) => ({ person, ...organisationNamed(`firm-0${i + 1}`) }));
  const isSealed = stage === "draft" || stage === "tendering";
  const others = firms.filter(({ person }) => person !== readers[reader]);
  // A guarantor knows whom it stands for (roles.md §2: guarantor O).
  const knowsApplicants = reader === "guarantor" && path === "/guarantees";
  const isForeignPart = cell.own && (reader === "bidder" || reader === "otherBidder");
  // The winner is public with the result, the candidates with their publication.
  const isPublic = stage === "publicity" || stage === "result";
  const names =
    (isSealed || (isForeignPart && !isPublic)) && !knowsApplicants && path !== "/lots"
      ? others.flatMap(({ name, creditCode }) => [name, creditCode])
      : [];
  const mayKnowExperts =
    stage === "result" || reader === "expert" || path === "/lots/:lotId/committee/seats" || readers.expert === undefined;
  const { personId } = mayKnowExperts ? { personId: "" } : own.world.as(readers.expert as string);
  const experts = mayKnowExperts ? [] : [personId, await nameOf(readers.expert as string)];
  return [...names, ...experts];
}

const names = new Map<string, string>();
async function nameOf(key: string): Promise<string> {
  const known = names.get(key) ?? ((await own.world.as(key).get("/me")) as { name: string }).name;
  names.set(key, known);
  return known;
}

/** A wrong word in the deciding table, or in a read, while the server runs: what the matrix sees of it. */
async function planted(
  name: string,
  place: Place,
  wish: { path: string; readers: readonly MatrixReader[]; breach: () => () => void },
): Promise<void> {
  const found = { differing: [] as string[], leaks: [] as string[] };
  const undo = wish.breach();
  await askLine(readTable.find(({ path }) => path === wish.path) as MatrixLine, place, found, wish.readers);
  undo();
  seen[name] = [...found.differing, ...found.leaks];
}

function inTable(group: string, row: number, change: Partial<Mutable[string][number]>): () => () => void {
  return () => {
    const rows = (visibility as unknown as Mutable)[group] as Mutable[string];
    const kept = rows[row] as Mutable[string][number];
    rows[row] = { ...kept, ...change };
    return () => {
      rows[row] = kept;
    };
  };
}

function inRead(path: string, change: (read: Read) => Partial<Read>): () => () => void {
  return () => {
    const read = own.platform.house.reads.find((one) => one.path === path) as Read;
    const kept = { ...read };
    Object.assign(read, change(kept));
    return () => void Object.assign(read, kept);
  };
}

/** A rival's name slips into an answer: under a field that the closed shape does not know, and under one that it does. */
const slip =
  (field: string) =>
  (read: Read): Partial<Read> => ({
    load: async (context) => ({ ...((await read.load(context)) as object), [field]: organisationNamed("firm-02").name }),
  });

async function plant(stage: MatrixStage, place: Place): Promise<void> {
  if (stage === "tendering") {
    await planted("stage", place, {
      path: "/lots/:lotId/deposits",
      readers: ["buyer"],
      breach: inTable("deposit.paid", 0, { from: "tendering" }),
    });
    await planted("undeclared field", place, {
      path: "/lots/:lotId",
      readers: ["public"],
      breach: inRead("/lots/:lotId", slip("bidders")),
    });
    await planted("declared field", place, { path: "/lots/:lotId", readers: ["public"], breach: inRead("/lots/:lotId", slip("title")) });
  }
  if (stage === "evaluation") {
    await planted("role", place, {
      path: "/lots/:lotId/award/desk",
      readers: ["cashier"],
      breach: inTable("award.desk", 0, { sides: ["buyer", "agent", "finance"] }),
    });
    await planted("relation", place, {
      path: "/lots/:lotId/award/desk",
      readers: ["otherBuyer"],
      breach: inTable("award.desk", 0, { sides: "all" }),
    });
    await planted("route", place, {
      path: "/lots/:lotId/evaluation/progress",
      readers: ["public"],
      breach: inRead("/lots/:lotId/evaluation/progress", () => ({ group: "notice" })),
    });
  }
}

test("every read, reader and stage answers as the hand-written table says", () => {
  assert.deepEqual(differing, []);
  assert.ok(cells > matrixStages.length * readTable.length * (matrixReaders.length - 1), `${cells} cells`);
  console.log(`matrix: ${cells} cells over HTTP`);
});

test("no answer names a bidder before the opening, another party in one's own part, or an expert before the result", () => {
  assert.deepEqual(leaks, []);
});

test("the cells that were written from the law answer so", () => {
  const wrong = lawCells.flatMap(({ law, article, paths, readers, stages, may }) =>
    paths.flatMap((path) =>
      readers.flatMap((reader) =>
        stages
          .filter((stage) => observed.get(`${path} ${reader} ${stage}`) !== may)
          .map((stage) => `${law}${article}: ${path} ${reader} ${stage}`),
      ),
    ),
  );
  assert.deepEqual(wrong, []);
});

test("a planted breach of role, stage, relation, route and field is seen; a field outside the closed shape cannot leave", () => {
  for (const name of ["stage", "role", "relation", "route", "declared field"])
    assert.ok((seen[name] ?? []).length > 0, `${name} was not seen`);
  assert.deepEqual(seen["undeclared field"], []);
});
