/**
 * Lots by words and filters. A word is found anywhere in title and deal code, exactly, from two characters on: pairs of
 * characters narrow down by index, the text itself decides. Never knows words of what is sealed or personal.
 */
import type { Queryable } from "../../record/index.ts";
import type { Transaction } from "../../runtime/database/index.ts";

/** What a reader asks for. Filters that are absent let everything through. */
export interface LotFilter {
  /** Only lots that the public may see, or those in which the organisation takes a part of its own. */
  organisationId?: string | undefined;
  publicOnly: boolean;
  /** Without lots whose notice is not out yet, whoever asks. */
  published?: boolean | undefined;
  state?: string | undefined;
  text?: string | undefined;
  /** Whoever of these buys or acts for the buyer is found as well, whatever the title says. */
  parties?: readonly string[] | undefined;
  stage?: string | undefined;
  region?: string | undefined;
  sector?: string | undefined;
  /** Bounds of the estimate in fen; the upper one is not contained. */
  fromFen?: bigint | undefined;
  toFen?: bigint | undefined;
  /** Only lots whose deadline for bids lies between the two instants. */
  dueAfter?: number | undefined;
  dueBefore?: number | undefined;
  limit: number;
  offset?: number | undefined;
}

/** Both sides of a comparison are brought to one form: full-width and half-width, upper and lower case are the same. */
export const normalised = (text: string): string => text.normalize("NFKC").toLowerCase();

/** Each pair of neighbouring characters, once, in order of code points as the database sorts them; none holds a space. */
export function gramsOf(text: string): string[] {
  const characters = [...normalised(text)];
  const pairs = characters.slice(1).map((character, index) => characters[index] + character);
  return [...new Set(pairs.filter((pair) => !/\s/.test(pair)))].sort(byCodePoint);
}

const byCodePoint = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));

/** The words of a question; more than eight are not a search. */
export const wordsOf = (text: string): string[] => normalised(text).split(/\s+/).filter(Boolean).slice(0, 8);

/** `%` and `_` are characters like others. */
const pattern = (word: string): string => `%${word.replace(/[\\%_]/g, "\\$&")}%`;

/** A condition with its values: `$1` and so on are counted from the first value that is already there. */
class Conditions {
  readonly values: unknown[] = [];
  readonly #parts: string[] = [];

  add(sql: (at: At) => string): this {
    this.#parts.push(
      sql((value) => {
        this.values.push(value);
        return `$${this.values.length}`;
      }),
    );
    return this;
  }

  get sql(): string {
    return this.#parts.map((part) => `(${part})`).join(" AND ") || "true";
  }
}

/** Who asks, and the words. `byGrams` is false only for a measurement that wants to know what the index is worth. */
function basisOf(filter: LotFilter, byGrams: boolean): Conditions {
  const conditions = new Conditions();
  const own = filter.organisationId ?? null;
  if (own !== null) conditions.add((at) => `${at(own)} IN (buyer, agent, centre, supervisor) OR is_public`);
  if (filter.publicOnly) conditions.add((at) => (own === null ? "is_public" : `is_public OR ${at(own)} IN (buyer, agent, centre)`));
  if (filter.published) conditions.add(() => "is_public");
  if (filter.state !== undefined) conditions.add((at) => `state = ${at(filter.state)}`);
  const words = wordsOf(filter.text ?? "");
  if (words.length > 0)
    conditions.add((at) => [inWords(words, byGrams, at), ofParties(filter.parties ?? [], at)].filter(Boolean).join(" OR "));
  return conditions;
}

type At = (value: unknown) => string;

function inWords(words: readonly string[], byGrams: boolean, at: At): string {
  const parts = words.flatMap((word) => {
    const grams = byGrams ? gramsOf(word) : [];
    return [...(grams.length > 0 ? [`grams @> ${at(grams)}::text[]`] : []), `search LIKE ${at(pattern(word))}`];
  });
  return `(${parts.join(" AND ")})`;
}

function ofParties(parties: readonly string[], at: At): string {
  if (parties.length === 0) return "";
  const place = at(parties);
  return `buyer = ANY(${place}) OR agent = ANY(${place})`;
}

const choices = ["stage", "region", "sector"] as const;
const columnOf = { stage: "stage", region: "region_code", sector: "sector" } as const;
type Choice = (typeof choices)[number];

function narrowed(conditions: Conditions, filter: LotFilter, except?: Choice): string {
  const parts: string[] = [];
  const at = (value: unknown) => `$${conditions.values.push(value)}`;
  for (const choice of choices) {
    const value = filter[choice];
    if (value !== undefined && choice !== except) parts.push(`${columnOf[choice]} = ${at(value)}`);
  }
  if (filter.fromFen !== undefined) parts.push(`estimate_fen::numeric >= ${at(filter.fromFen.toString())}::numeric`);
  if (filter.toFen !== undefined) parts.push(`estimate_fen::numeric < ${at(filter.toFen.toString())}::numeric`);
  if (filter.dueAfter !== undefined) parts.push(`bid_deadline_ms > ${at(filter.dueAfter)}`);
  if (filter.dueBefore !== undefined) parts.push(`bid_deadline_ms <= ${at(filter.dueBefore)}`);
  return parts.join(" AND ") || "true";
}

/** A statement and its values. */
export interface Statement {
  text: string;
  values: unknown[];
}

const counted = "lot_id, opened_at, stage, region_code, sector, estimate_fen, bid_deadline_ms";

/** The page of rows that is asked for, newest first. */
export function rowsStatement(filter: LotFilter, byGrams = true): Statement {
  const conditions = basisOf(filter, byGrams);
  const rest = narrowed(conditions, filter);
  const { values } = conditions;
  values.push(filter.limit, filter.offset ?? 0);
  const page = `LIMIT $${values.length - 1} OFFSET $${values.length}`;
  // With words, these are answered first: the index of the newest must not be walked through in the hope of a hit.
  const first = wordsOf(filter.text ?? "").length > 0 ? "MATERIALIZED" : "NOT MATERIALIZED";
  return {
    text: `WITH found AS ${first} (SELECT ${counted} FROM transaction.lot WHERE ${conditions.sql}),
      page AS (SELECT lot_id FROM found WHERE ${rest} ORDER BY opened_at DESC, lot_id DESC ${page})
      SELECT lot.* FROM page JOIN transaction.lot AS lot USING (lot_id) ORDER BY opened_at DESC, lot_id DESC`,
    values,
  };
}

/** How many there are in all, and for each choice how many there would be with each of its values. */
export function countsStatement(filter: LotFilter, byGrams = true): Statement {
  const conditions = basisOf(filter, byGrams);
  const basis = conditions.sql;
  const parts = [
    `SELECT 'total' AS choice, '' AS value, count(*)::int AS count FROM found WHERE ${narrowed(conditions, filter)}`,
    ...choices.map(
      (choice) =>
        `SELECT '${choice}', ${columnOf[choice]}, count(*)::int FROM found WHERE ${narrowed(conditions, filter, choice)} GROUP BY ${columnOf[choice]}`,
    ),
  ];
  return {
    text: `WITH found AS MATERIALIZED (SELECT ${counted} FROM transaction.lot WHERE ${basis}) ${parts.join(" UNION ALL ")} ORDER BY 1, 3 DESC, 2`,
    values: conditions.values,
  };
}

/** Exact counts. */
export interface LotCounts {
  total: number;
  choices: Record<Choice, { value: string; count: number }[]>;
}

export async function countLots(db: Queryable, filter: LotFilter): Promise<LotCounts> {
  const { text, values } = countsStatement(filter);
  const { rows } = await (db as Transaction).query<{ choice: string; value: string; count: number }>(text, values);
  const of = (choice: string) => rows.filter((row) => row.choice === choice).map(({ value, count }) => ({ value, count }));
  return { total: of("total")[0]?.count ?? 0, choices: { stage: of("stage"), region: of("region"), sector: of("sector") } };
}
