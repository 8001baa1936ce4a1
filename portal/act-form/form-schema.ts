/**
 * From the JSON schema of an act to a draft that a person fills, and back to the value that is signed. Pure. The
 * server checks everything again: this only finds what can be said before asking.
 */
import { fenOf, yuanText } from "../ui/money.ts";
import { fieldWord } from "./field-words.ts";
import { valueWord } from "./value-words.ts";

/** The part of JSON Schema that acts use. */
export type FormSchema = {
  readonly type?: "object" | "array" | "string" | "integer" | "number" | "boolean" | "null";
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, FormSchema>>;
  readonly required?: readonly string[];
  readonly items?: FormSchema;
  readonly patternProperties?: Readonly<Record<string, FormSchema>>;
  readonly minItems?: number;
  readonly enum?: readonly (string | number)[];
  readonly anyOf?: readonly FormSchema[];
  readonly oneOf?: readonly FormSchema[];
  readonly const?: string | number | boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly default?: unknown;
};

/** What a person has typed so far: strings and ticks in the shape of the value. */
export type Draft = string | boolean | readonly Draft[] | { readonly [name: string]: Draft } | FileDraft;

/** A file that has been uploaded; it goes into the value as it is. */
export type FileDraft = { readonly file: Readonly<Record<string, unknown>> };

/** Kinds of input that a leaf of the schema asks for. */
export type Leaf = "money" | "moment" | "day" | "choice" | "tick" | "integer" | "file" | "reference" | "long" | "text" | "fixed" | "json";

const dayPattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/** A schema without its "or null": an empty field stands for null. */
export function plain(schema: FormSchema): FormSchema {
  const variants = schema.anyOf ?? schema.oneOf;
  if (!variants?.some(({ type }) => type === "null")) return schema;
  const others = variants.filter(({ type }) => type !== "null");
  const { anyOf: _any, oneOf: _one, ...rest } = schema;
  if (others.length === 1) return { ...others[0], ...rest };
  return { ...rest, anyOf: others };
}

/** True when an empty field of this schema means null. */
export const isNullable = (schema: FormSchema): boolean => (schema.anyOf ?? schema.oneOf ?? []).some(({ type }) => type === "null");

/** A document named by its digest: `{name, sha256, size, …}`. */
export const isFile = ({ properties }: FormSchema): boolean =>
  properties !== undefined && ["name", "sha256", "size"].every((name) => name in properties);

/** Noun of the id that a text must be (`org`, `prj`), when the schema asks for one. */
export const nounOf = ({ pattern }: FormSchema): string | undefined => /^\^([a-z]{3})_\[/.exec(pattern ?? "")?.[1];

/** The schema of the values of a table of names and values; undefined when the schema is no such table. */
export const valuesOfMap = ({ patternProperties, properties }: FormSchema): FormSchema | undefined =>
  properties === undefined && patternProperties ? Object.values(patternProperties)[0] : undefined;

/** A table of names and values is filled as a list of rows. */
export function rowsSchema(schema: FormSchema): FormSchema {
  const value = valuesOfMap(schema) ?? {};
  return {
    type: "array",
    ...(schema.title ? { title: schema.title } : {}),
    items: {
      type: "object",
      required: ["name", "value"],
      properties: { name: { type: "string", title: "名称" }, value: { title: "内容", ...value } },
    },
  };
}

const isGroup = (schema: FormSchema): boolean => schema.type === "object" && schema.properties !== undefined && !isFile(schema);

/** How many fields a schema has, lists counted once. */
export function leafCount(whole: FormSchema): number {
  const schema = plain(whole);
  if (isFile(schema)) return 1;
  if (schema.items) return leafCount(schema.items);
  return schema.properties ? Object.values(schema.properties).reduce((sum, part) => sum + leafCount(part), 0) : 1;
}

/** How a leaf is asked. */
export function leafOf(name: string, schema: FormSchema): Leaf {
  if (isFile(schema)) return "file";
  if (schema.const !== undefined) return schema.type === "boolean" ? "tick" : "fixed";
  if (choicesOf(schema).length > 0) return "choice";
  if (schema.type === "boolean") return "tick";
  if (schema.type === "integer" || schema.type === "number") return "integer";
  if (/Fen$/.test(name) || schema.format === "fen") return "money";
  if (schema.format === "date-time" || /T.*Z\$?$/.test(schema.pattern ?? "")) return "moment";
  if (schema.format === "date" || schema.pattern === dayPattern) return "day";
  if (nounOf(schema) !== undefined) return "reference";
  if (schema.type === "string") return (schema.maxLength ?? 0) > 200 ? "long" : "text";
  return "json";
}

/** The values that a choice allows, with their Chinese labels. */
export function choicesOf(schema: FormSchema): readonly { readonly value: string; readonly label: string }[] {
  if (schema.enum) return schema.enum.map((value) => ({ value: String(value), label: valueWord(String(value)) }));
  const variants = (schema.anyOf ?? schema.oneOf ?? []).filter((variant) => variant.const !== undefined);
  return variants.map(({ const: value, title }) => ({ value: String(value), label: title ?? valueWord(String(value)) }));
}

const shanghai = (instant: string): string => {
  const shifted = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
  return shifted.slice(0, 19);
};

/** The first draft: defaults of the schema, or what the server suggests. */
export function firstDraft(name: string, whole: FormSchema, given: unknown = whole.default): Draft {
  const schema = plain(whole);
  if (valuesOfMap(schema)) {
    const rows = Object.entries((given ?? {}) as Record<string, unknown>).map(([key, value]) => ({ name: key, value }));
    return firstDraft(name, rowsSchema(schema), rows);
  }
  if (isGroup(schema)) {
    const known = (typeof given === "object" && given !== null ? given : {}) as Record<string, unknown>;
    return Object.fromEntries(
      Object.entries(schema.properties ?? {}).map(([key, part]) => {
        const isLeftOut = known[key] === undefined && part.default === undefined && !schema.required?.includes(key);
        return [key, isLeftOut && plain(part).items ? [] : firstDraft(key, part, known[key] ?? part.default)];
      }),
    );
  }
  if (schema.type === "array" && schema.items) {
    if (Array.isArray(given)) return given.map((item) => firstDraft(name, schema.items!, item));
    return Array.from({ length: schema.minItems ?? 0 }, () => firstDraft(name, schema.items!));
  }
  return firstLeaf(leafOf(name, schema), schema, given);
}

function firstLeaf(leaf: Leaf, schema: FormSchema, given: unknown): Draft {
  if (leaf === "tick") return given === true;
  if (leaf === "fixed") return String(schema.const);
  if (leaf === "file" && typeof given === "object" && given !== null) return { file: given as Record<string, unknown> };
  if (given === undefined || given === null) return "";
  if (leaf === "money") return yuanText(String(given)).replace(/,/g, "");
  if (leaf === "moment") return shanghai(String(given));
  if (leaf === "json") return JSON.stringify(given, undefined, 1);
  return String(given);
}

/** A fault of the draft at a place of the value, as a JSON pointer. */
export type DraftError = {
  readonly pointer: string;
  readonly kind: "missing" | "notAmount" | "notNumber" | "belowMin" | "aboveMax" | "notMoment" | "notJson";
  readonly label: string;
  readonly limit?: number;
};

/** Where in the whole value a part stands, and whether it must be filled. */
type Place = { readonly at: string; readonly needed: boolean };
const theWhole: Place = { at: "", needed: true };

type Reading = { readonly value: unknown; readonly errors: readonly DraftError[] };

/** The value of a draft, without what was left empty, and everything that can be seen to be wrong with it. */
export function readDraft(name: string, whole: FormSchema, draft: Draft, place: Place = theWhole): Reading {
  const { at, needed } = place;
  const schema = plain(whole);
  if (isNullable(whole) && isEmpty(draft)) return { value: null, errors: [] };
  if (valuesOfMap(schema)) {
    const rows = readDraft(name, rowsSchema(schema), draft, place);
    const pairs = (rows.value as { name: string; value: unknown }[]).map((row) => [row.name, row.value] as const);
    return { value: Object.fromEntries(pairs), errors: rows.errors };
  }
  if (isGroup(schema)) return objectValue(schema, draft, at);
  if (schema.type === "array" && schema.items && Array.isArray(draft)) {
    const parts = draft.map((item, index) => readDraft(name, schema.items!, item as Draft, { at: `${at}/${index}`, needed: true }));
    return { value: parts.map(({ value }) => value), errors: parts.flatMap(({ errors }) => errors) };
  }
  return leafValue({ leaf: leafOf(name, schema), schema, at, label: schema.title ?? fieldWord(name), needed }, draft);
}

function objectValue(schema: FormSchema, draft: Draft, at: string): Reading {
  const drafts = (typeof draft === "object" ? draft : {}) as Record<string, Draft>;
  const value: Record<string, unknown> = {};
  const errors: DraftError[] = [];
  for (const [key, part] of Object.entries(schema.properties ?? {})) {
    const needed = schema.required?.includes(key) ?? false;
    const given = drafts[key] ?? "";
    if (!needed && isEmpty(given)) continue;
    const read = readDraft(key, part, given, { at: `${at}/${key}`, needed });
    errors.push(...read.errors);
    if (read.value !== undefined) value[key] = read.value;
  }
  return { value, errors };
}

/** True when nothing was filled in anywhere below. A tick counts as filled, because "no" is an answer. */
export function isEmpty(draft: Draft): boolean {
  if (typeof draft === "string") return draft.trim() === "";
  if (typeof draft === "boolean") return false;
  if (Array.isArray(draft)) return draft.length === 0;
  return Object.values(draft).every((part) => isEmpty(part as Draft));
}

type LeafPlace = {
  readonly leaf: Leaf;
  readonly schema: FormSchema;
  readonly at: string;
  readonly label: string;
  readonly needed: boolean;
};

function leafValue(place: LeafPlace, draft: Draft): Reading {
  const { leaf, schema, at, label, needed } = place;
  const fail = (kind: DraftError["kind"], limit?: number): Reading => ({
    value: undefined,
    errors: [{ pointer: at, kind, label, ...(limit === undefined ? {} : { limit }) }],
  });
  const good = (value: unknown): Reading => ({ value, errors: [] });
  if (leaf === "tick") return schema.const === true && draft !== true ? fail("missing") : good(draft === true);
  if (leaf === "fixed") return good(schema.const);
  if (leaf === "file") return typeof draft === "object" && "file" in draft ? good(draft.file) : needed ? fail("missing") : good(undefined);
  const text = typeof draft === "string" ? draft.trim() : "";
  if (text === "") return needed ? fail("missing") : good(undefined);
  if (leaf === "money") return fenOf(text) === undefined ? fail("notAmount") : good(fenOf(text));
  if (leaf === "moment") {
    const ms = Date.parse(`${text.length === 16 ? `${text}:00` : text}+08:00`);
    return Number.isNaN(ms) ? fail("notMoment") : good(new Date(ms).toISOString());
  }
  if (leaf === "integer") return integerValue(text, schema, { fail, good });
  if (leaf === "choice") return good(choiceValue(schema, text));
  if (leaf === "json") {
    try {
      return good(JSON.parse(text));
    } catch {
      return fail("notJson");
    }
  }
  return good(text);
}

type Outcomes = {
  readonly fail: (kind: DraftError["kind"], limit?: number) => Reading;
  readonly good: (value: unknown) => Reading;
};

function integerValue(text: string, schema: FormSchema, { fail, good }: Outcomes): Reading {
  const pattern = schema.type === "number" ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  const value = Number(text.replace(/,/g, ""));
  if (!pattern.test(text.replace(/,/g, "")) || !Number.isSafeInteger(Math.trunc(value))) return fail("notNumber");
  if (schema.minimum !== undefined && value < schema.minimum) return fail("belowMin", schema.minimum);
  if (schema.maximum !== undefined && value > schema.maximum) return fail("aboveMax", schema.maximum);
  return good(value);
}

const choiceValue = (schema: FormSchema, text: string): unknown =>
  (schema.enum ?? (schema.anyOf ?? schema.oneOf ?? []).map(({ const: value }) => value)).find((value) => String(value) === text) ?? text;
