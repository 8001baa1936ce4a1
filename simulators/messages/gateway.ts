/**
 * The gateway of messages.md: takes filed templates, sends, reports delivery. Nothing leaves the machine: what
 * would have been sent is read on a page that says so. It keeps no journal of texts or addresses in the clear.
 */
import { fromUtf8 } from "../../formats/bytes.ts";
import { gatewayMessages, writeFile } from "../../formats/exchange/index.ts";
import type { Act, Context, Draft, Drive, Handler, Refused, StoredFile, SystemDefinition } from "../frame/system-definition.ts";
import { outboxPage } from "./outbox-page.ts";
import type { Sending } from "./sending.ts";

export interface Template {
  readonly templateId: string;
  readonly version: number;
  readonly channel: string;
  readonly class: string;
  readonly text: string;
  readonly places: readonly { readonly name: string; readonly type: string; readonly max: number }[];
}

export interface GatewayState {
  readonly templates: Map<string, Template>;
  readonly sendings: Map<string, Sending>;
  readonly stopped: Set<string>;
  readonly files: StoredFile[];
  /** Deliveries are reported at once unless the sandbox wants to do it by hand. */
  isManual: boolean;
}

export type GatewayEffect =
  | { readonly did: "filed"; readonly template: Template }
  | { readonly did: "noted"; readonly sending: Sending }
  | { readonly did: "stopped"; readonly personRef: string }
  | { readonly did: "setManual"; readonly isManual: boolean }
  | { readonly did: "closedDay"; readonly file: StoredFile };

const templateKey = (templateId: unknown, version: unknown) => `${templateId} v${version}`;
const dayMs = 86_400_000;
const system = "sim-msg";

function apply(state: GatewayState, effect: GatewayEffect): void {
  switch (effect.did) {
    case "filed":
      return void state.templates.set(templateKey(effect.template.templateId, effect.template.version), effect.template);
    case "noted":
      return void state.sendings.set(effect.sending.sendId, effect.sending);
    case "stopped":
      return void state.stopped.add(effect.personRef);
    case "setManual":
      state.isManual = effect.isManual;
      return;
    case "closedDay":
      state.files.push(effect.file);
  }
}

/** "Text only from accepted templates; places are typed, length-limited": every place of the text is declared, no link stands in it. */
const fileTemplate: Handler<GatewayState, GatewayEffect> = (_state, { body, from, id }) => {
  const template = body as unknown as Template;
  const used = [...template.text.matchAll(/\{([a-zA-Z0-9]+)\}/g)].map(([, name]) => name);
  const declared = template.places.map(({ name }) => name);
  const isFit =
    used.every((name) => declared.includes(name ?? "")) &&
    declared.every((name) => used.includes(name)) &&
    !/https?:|www\./i.test(template.text);
  const about = { templateId: template.templateId, version: template.version };
  const answer = (type: string, more: object): Draft => ({
    to: from,
    type,
    object: `tpl/${template.templateId}`,
    correlates: id,
    body: { ...about, ...more },
  });
  return isFit
    ? { effects: [{ did: "filed", template }], sends: [answer("msg.templateAccepted", {})] }
    : { effects: [], sends: [answer("msg.templateRefused", { reason: "places or links" })] };
};

const send: Handler<GatewayState, GatewayEffect> = (state, { body, from, id }, context) => {
  const wanted = body as unknown as Sending & { places: Record<string, string>; version: number; to: string };
  // The same sendId never sends twice, whatever message carries it.
  if (state.sendings.has(wanted.sendId)) return { effects: [] };
  const template = state.templates.get(templateKey(wanted.templateId, wanted.version));
  const refusal = refusalOf(state, { ...wanted, template }, context.now());
  const { sendId, templateId, personRef, dedupeKey, expiresAt } = wanted;
  const base = {
    sendId,
    owner: from,
    templateId,
    personRef,
    dedupeKey,
    expiresAt,
    class: template?.class ?? "",
    at: context.now(),
    messageId: id,
  };
  if (refusal !== undefined)
    return {
      effects: [{ did: "noted", sending: { ...base, to: "", text: "", state: "refused" } }],
      sends: [{ to: from, type: "msg.refused", object: `msg/${sendId}`, correlates: id, body: { sendId, reason: refusal } }],
    };
  const sending: Sending = {
    ...base,
    to: context.openPersonal(wanted.to),
    text: filled(template as Template, wanted.places),
    state: "accepted",
  };
  const accepted: Draft = { to: from, type: "msg.accepted", object: `msg/${sendId}`, correlates: id, body: { sendId } };
  if (state.isManual || isDuplicate(state, sending)) return { effects: [{ did: "noted", sending }], sends: [accepted] };
  const delivered = deliver(sending, "delivered", context);
  return { effects: [{ did: "noted", sending }, ...delivered.effects], sends: [accepted, ...(delivered.sends ?? [])] };
};

function refusalOf(
  state: GatewayState,
  wanted: { template: Template | undefined; places: Record<string, string>; personRef: string; expiresAt: string },
  now: string,
): string | undefined {
  const { template, places } = wanted;
  if (template === undefined || !placesFit(template, places)) return "template";
  if (wanted.expiresAt < now) return "expired";
  return state.stopped.has(wanted.personRef) && template.class === "reminder" ? "blocked" : undefined;
}

/** MS07: no line breaks, no links, no control characters, nothing longer than declared. */
function placesFit(template: Template, places: Record<string, string>): boolean {
  const names = Object.keys(places);
  if (names.length !== template.places.length) return false;
  return template.places.every(({ name, max }) => {
    const value = places[name];
    return value !== undefined && value.length <= max && !/[\u0000-\u001f\u007f]|https?:|www\.|:\/\//i.test(value);
  });
}

function filled(template: Template, places: Record<string, string>): string {
  return template.text.replaceAll(/\{([a-zA-Z0-9]+)\}/g, (_all, name: string) => places[name] ?? "");
}

/** "twice within 24 h → one send" (messages.md §2.4). */
function isDuplicate(state: GatewayState, sending: Sending): boolean {
  return [...state.sendings.values()].some(
    (one) => one.dedupeKey === sending.dedupeKey && one.state !== "refused" && Date.parse(sending.at) - Date.parse(one.at) < dayMs,
  );
}

/** "gateway must not deliver after expiresAt." */
function deliver(sending: Sending, state: "delivered" | "failed" | "expired" | "unknown", context: Context): Act<GatewayEffect> {
  const at = context.now();
  const word = state === "delivered" && at > sending.expiresAt ? "expired" : state;
  const body = { sendId: sending.sendId, state: word, at, attempt: 1 };
  return {
    effects: [{ did: "noted", sending: { ...sending, state: word } }],
    sends: [{ to: sending.owner, type: "msg.delivery", object: `msg/${sending.sendId}`, correlates: sending.messageId, body }],
  };
}

type GatewayDrive = Drive<GatewayState, GatewayEffect>;
const refuse = (detail: string): Refused => ({ refuse: "state.conflict", detail });

const drives: Readonly<Record<string, GatewayDrive>> = {
  /** `deliver {sendId, state}`: the carrier reports, also something else than before. */
  deliver: (state, args, context) => {
    const sending = state.sendings.get(String(args.sendId));
    const word = args.state ?? "delivered";
    if (!sending || (word !== "delivered" && word !== "failed" && word !== "expired" && word !== "unknown"))
      return refuse("no such sending, or no such state");
    return deliver(sending, word, context);
  },
  /** `reply {personRef, text}`: STOP words only; others are dropped. */
  reply: (_state, args, context) => {
    if (!/^(STOP|TD|T|退订)$/i.test(String(args.text))) return { effects: [] };
    const body = { personRef: args.personRef, text: String(args.text), at: context.now() };
    return {
      effects: [{ did: "stopped", personRef: String(args.personRef) }],
      sends: [{ to: context.platform().system, type: "msg.reply", object: `person/${args.personRef}`, body }],
    };
  },
  manual: (_state, args) => ({ effects: [{ did: "setManual", isManual: args.on === true }] }),
  closeDay: (state, args, context) => {
    const day = typeof args.day === "string" ? args.day : context.now().slice(0, 10);
    const version = state.files.filter((file) => file.day === day).length + 1;
    const rows = [...state.sendings.values()]
      .filter(({ at }) => at.startsWith(day))
      .map(({ sendId, templateId, state: word, at, text }) => ({
        sendId,
        templateId,
        state: word,
        at,
        parts: Math.max(1, Math.ceil(text.length / 67)),
      }));
    const text = fromUtf8(
      writeFile(
        { file: "sends", system, day, version, from: `${day}T00:00:00.000Z`, to: `${day}T23:59:59.999Z`, label: "simulator" },
        rows,
      ),
    );
    return { effects: [{ did: "closedDay", file: { fileId: `sends-${day}-v${version}`, kind: "sends", day, version, text } }] };
  },
};

export const messageGateway: SystemDefinition<GatewayState, GatewayEffect> = {
  system,
  title: "短信网关（模拟器，未真实发送）",
  initial: () => ({ templates: new Map(), sendings: new Map(), stopped: new Set(), files: [], isManual: false }),
  apply,
  schemas: gatewayMessages,
  askSchemas: {},
  messages: { "msg.templateFiled": fileTemplate, "msg.send": send },
  asks: {},
  precheck: (state, { type, body }) => {
    if (type === "msg.templateFiled") return state.templates.has(templateKey(body.templateId, body.version)) ? "order.conflict" : undefined;
    return type === "msg.send" ? undefined : "scope.missing";
  },
  object: (state, kind, ourId) => {
    const sending = kind === "msg" ? state.sendings.get(ourId) : undefined;
    return sending ? { state: sending.state, since: sending.at } : undefined;
  },
  files: (state) => state.files,
  drives,
  books: (state) => ({
    system: "simulator",
    templates: [...state.templates.values()],
    sendings: [...state.sendings.values()],
    stopped: [...state.stopped],
  }),
  bytes: (state, { method, path }) =>
    method === "GET" && path === "/outbox"
      ? { status: 200, contentType: "text/html; charset=utf-8", body: outboxPage([...state.sendings.values()]) }
      : undefined,
};
