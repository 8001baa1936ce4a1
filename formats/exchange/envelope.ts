/**
 * The envelope around every message and ask (conventions.md §3). `id`, `createdAt` and `body` never change
 * between attempts. Before a gate no field that could reveal a sealed act exists in any type.
 */
import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";

export const timeShape = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$" });
export const dayShape = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });
export const fenShape = Type.String({ pattern: "^(0|[1-9][0-9]{0,15})$" });
export const refShape = Type.String({ pattern: "^[A-Za-z0-9._/-]{1,64}$" });
export const hex32Shape = Type.String({ pattern: "^[0-9a-f]{64}$" });
export const hex33Shape = Type.String({ pattern: "^0[23][0-9a-f]{64}$" });
/** A personal field 🔒: JWE compact, ECDH-ES + A256GCM (conventions.md §7). */
export const personalShape = Type.String({
  pattern: "^[A-Za-z0-9_-]+\\.\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$",
  maxLength: 4096,
});
export const bytesShape = Type.String({ pattern: "^[A-Za-z0-9+/]*={0,2}$", maxLength: 900_000 });

export const envelopeShape = Type.Object(
  {
    v: Type.Literal(1),
    schema: Type.String({ pattern: "^[0-9]{1,3}\\.[0-9]{1,3}$" }),
    type: Type.String({ pattern: "^[a-z]{2,8}\\.[a-z][A-Za-z]{1,60}$" }),
    id: refShape,
    object: Type.Optional(Type.String({ minLength: 1, maxLength: 96 })),
    seq: Type.Optional(Type.Integer({ minimum: 1 })),
    createdAt: timeShape,
    occurredAt: timeShape,
    correlates: Type.Optional(refShape),
    system: Type.Optional(Type.Literal("simulator")),
    body: Type.Record(Type.String(), Type.Unknown()),
  },
  { additionalProperties: false },
);

export type Envelope = Static<typeof envelopeShape>;

/** A closed object, as every body is. */
export function closed<P extends Record<string, TSchema>>(properties: P) {
  return Type.Object(properties, { additionalProperties: false });
}

/** The body schemas of one system, by type. */
export type BodySchemas = Readonly<Record<string, TSchema>>;

/** The JSON pointer of the first fault, or undefined when the value fits. */
export function firstFault(schema: TSchema, value: unknown): string | undefined {
  if (Value.Check(schema, value)) return undefined;
  const first = Value.Errors(schema, value).First();
  return first?.path ?? "";
}

/**
 * What is wrong with an envelope, as a pointer; undefined when it is well shaped.
 * §9: same minor → unknown members refused; a higher minor → unknown members of `body` are ignored.
 */
export function envelopeFault(value: unknown, schemas: BodySchemas, isAsk: boolean): string | undefined {
  const outer = firstFault(envelopeShape, value);
  if (outer !== undefined) return outer;
  const envelope = value as Envelope;
  if (!isAsk && (envelope.object === undefined || envelope.seq === undefined)) return "/object";
  if (isAsk && (envelope.object !== undefined || envelope.seq !== undefined)) return "/object";
  const schema = schemas[envelope.type];
  if (schema === undefined) return "/type";
  if (!envelope.schema.startsWith("1.")) return "/schema";
  const body = envelope.schema === "1.0" ? envelope.body : knownMembers(schema, envelope.body);
  const inner = firstFault(schema, body);
  return inner === undefined ? undefined : `/body${inner}`;
}

function knownMembers(schema: TSchema, body: Record<string, unknown>): unknown {
  return Value.Clean(schema, structuredClone(body));
}
