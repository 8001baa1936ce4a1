/**
 * Closed shapes (evidence-v1 §1) as small predicates: a missing or unknown member, a wrong type or a
 * wrong encoding is refused. The verifier's own; it shares no schema with the server.
 */
import { utf8 } from "../formats/bytes.ts";
import type { Value } from "./i-json.ts";

/** Says whether a value has the shape. */
export type Shape = (value: Value | undefined) => boolean;

/** Exactly 2N lower-case hex digits. */
export function hexOf(bytes: number): Shape {
  const digits = new RegExp(`^[0-9a-f]{${2 * bytes}}$`);
  return (value) => typeof value === "string" && digits.test(value);
}

/** text(a..b): a to b UTF-8 bytes, with a character set where the specification names one. */
export function text(least: number, most: number, characters?: RegExp): Shape {
  return (value) => {
    if (typeof value !== "string" || (characters !== undefined && !characters.test(value))) return false;
    const length = utf8(value).length;
    return length >= least && length <= most;
  };
}

export const anyText: Shape = (value) => typeof value === "string";
export const anything: Shape = (value) => value !== undefined;
export const identifier: Shape = text(1, 64, /^[A-Za-z0-9._-]*$/);

export function integer(least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER): Shape {
  return (value) => typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most;
}

/** `YYYY-MM-DDThh:mm:ss.sssZ`, a real calendar date, 1970 to 9999. */
export const time: Shape = (value) => {
  if (typeof value !== "string" || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/.test(value)) return false;
  const instant = new Date(value);
  // A date that does not exist is rolled over by the runtime; the text then comes back changed.
  return !Number.isNaN(instant.getTime()) && instant.toISOString() === value && value >= "1970";
};

export function oneOf(...values: readonly (string | number)[]): Shape {
  return (value) => values.includes(value as string | number);
}

export function nullOr(shape: Shape): Shape {
  return (value) => value === null || shape(value);
}

export function either(...shapes: readonly Shape[]): Shape {
  return (value) => shapes.some((shape) => shape(value));
}

export function list(item: Shape, least = 0, most = Number.POSITIVE_INFINITY): Shape {
  return (value) => Array.isArray(value) && value.length >= least && value.length <= most && value.every(item);
}

/** An object with exactly these members, and any of the optional ones. */
export function closed(members: Readonly<Record<string, Shape>>, optional: Readonly<Record<string, Shape>> = {}): Shape {
  return (value) => {
    if (!isObject(value)) return false;
    const isKnown = (name: string) => Object.hasOwn(members, name) || Object.hasOwn(optional, name);
    return (
      Object.keys(value).every(isKnown) &&
      Object.entries(members).every(([name, shape]) => Object.hasOwn(value, name) && shape(value[name])) &&
      Object.entries(optional).every(([name, shape]) => !Object.hasOwn(value, name) || shape(value[name]))
    );
  };
}

export function isObject(value: Value | undefined): value is { [name: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function hasRepetition(values: readonly string[]): boolean {
  return new Set(values).size !== values.length;
}

/** Whether every number is greater than the one before. */
export function ascends<T extends string | number>(values: readonly T[]): boolean {
  return values.every((value, k) => k === 0 || value > (values[k - 1] as T));
}
