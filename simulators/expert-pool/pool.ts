/**
 * The provincial expert pool of expert-pool.md: lists candidates by speciality and region, calls whom the draw
 * named, reports their answers. It is never told bidders, title or lot, and draws nobody itself.
 */
import { fromUtf8, utf8 } from "../../formats/bytes.ts";
import {
  type Envelope,
  expertPoolAsks,
  expertPoolMessages,
  openSealed,
  type SealedExpert,
  sealedInfo,
  sealTo,
  writeFile,
} from "../../formats/exchange/index.ts";
import type { Act, Context, Draft, Drive, Handler, Refused, StoredFile, SystemDefinition } from "../frame/system-definition.ts";
import { type Listed, listFor, type Need, tooFewFor } from "./candidates.ts";
import { type Expert, expertsOf } from "./experts.ts";

type Answer = "accepted" | "declined" | "unreachable" | "ineligible";

interface Call {
  readonly needId: string;
  readonly callNo: number;
  readonly memberId: string;
  readonly answerByAt: string;
  readonly messageId: string;
  readonly state: "summoned" | Answer | "arrived" | "absent" | "cancelled";
  readonly at: string;
}

interface NeedState {
  readonly need: Need;
  readonly owner: string;
  readonly state: "requested" | "listed" | "tooFew" | "summoning" | "finished";
  readonly since: string;
  readonly list?: Listed;
}

export interface PoolState {
  readonly seed: number;
  experts: Expert[];
  readonly needs: Map<string, NeedState>;
  readonly calls: Map<string, Call>;
  readonly suspended: Set<string>;
  readonly joinKeys: Map<string, string>;
  /** What experts will say: by call number, else by default; "manual" waits for a drive. */
  intentions: { byCall: Record<string, Answer>; otherwise: Answer | "manual" };
  readonly files: StoredFile[];
}

export type PoolEffect =
  | { readonly did: "setNeed"; readonly need: NeedState }
  | { readonly did: "setCall"; readonly call: Call }
  | { readonly did: "suspended"; readonly memberId: string }
  | { readonly did: "tookJoinKey"; readonly id: string; readonly key: string }
  | { readonly did: "intend"; readonly intentions: PoolState["intentions"] }
  | { readonly did: "shrank"; readonly speciality: string; readonly keep: number }
  | { readonly did: "closedDay"; readonly file: StoredFile };

const callKey = (needId: string, callNo: unknown) => `${needId} ${callNo}`;
const system = "sim-pool";

function apply(state: PoolState, effect: PoolEffect): void {
  switch (effect.did) {
    case "setNeed":
      return void state.needs.set(effect.need.need.needId, effect.need);
    case "setCall":
      return void state.calls.set(callKey(effect.call.needId, effect.call.callNo), effect.call);
    case "suspended":
      return void state.suspended.add(effect.memberId);
    case "tookJoinKey":
      return void state.joinKeys.set(effect.id, effect.key);
    case "intend":
      state.intentions = effect.intentions;
      return;
    case "shrank":
      shrink(state, effect);
      return;
    case "closedDay":
      state.files.push(effect.file);
  }
}

function shrink(state: PoolState, { speciality, keep }: { speciality: string; keep: number }): void {
  let left = keep;
  state.experts = state.experts.filter(({ specialities }) => !specialities.includes(speciality) || left-- > 0);
}

const requestCandidates: Handler<PoolState, PoolEffect> = (state, message, context) => {
  const need = message.body as unknown as Need;
  return answerNeed(state, { need, owner: message.from, version: 1, correlates: message.id }, context);
};

function answerNeed(
  state: PoolState,
  asked: { need: Need; owner: string; version: number; correlates?: string },
  context: Context,
): Act<PoolEffect> {
  const { need, owner, version } = asked;
  const object = `need/${need.needId}`;
  const reply = (type: string, body: object): Draft => ({
    to: owner,
    type,
    object,
    body,
    ...(asked.correlates ? { correlates: asked.correlates } : {}),
  });
  const fit = state.experts.filter(({ memberId }) => !state.suspended.has(memberId));
  const tooFew = tooFewFor(need, fit);
  const base = { need, owner, since: context.now() };
  if (tooFew)
    return {
      effects: [{ did: "setNeed", need: { ...base, state: "tooFew" } }],
      sends: [reply("pool.tooFew", { needId: need.needId, ...tooFew, offer: "widenRegion" })],
    };
  const list = listFor(
    need,
    { experts: fit, joinKey: state.joinKeys.get(need.joinKeyId) ?? "", listVersion: version, seed: state.seed },
    context,
  );
  return { effects: [{ did: "setNeed", need: { ...base, state: "listed", list } }], sends: [reply("pool.candidates", list.body)] };
}

const summon: Handler<PoolState, PoolEffect> = (state, { body, id }, context) => {
  const { needId, callNo, idSealed, answerByAt } = body as { needId: string; callNo: number; idSealed: string; answerByAt: string };
  const known = state.needs.get(needId);
  // "duplicate summon: same (needId, callNo): one call".
  if (known === undefined || state.calls.has(callKey(needId, callNo))) return { effects: [] };
  const memberId = memberOf(known, idSealed, sealedInfo.summon(needId, callNo), context);
  const call: Call = { needId, callNo, memberId: memberId ?? "", answerByAt, messageId: id, state: "summoned", at: context.now() };
  const summoning: PoolEffect = { did: "setNeed", need: { ...known, state: "summoning" } };
  if (memberId === undefined || isBusy(state, known, memberId) || state.suspended.has(memberId))
    return withEffects([summoning], answerCall(known.owner, call, { answer: "ineligible" }, context));
  const intended = state.intentions.byCall[String(callNo)] ?? state.intentions.otherwise;
  if (intended === "manual") return { effects: [summoning, { did: "setCall", call }] };
  return withEffects([summoning], answerCall(known.owner, call, { answer: intended }, context));
};

function memberOf(known: NeedState, sealed: string, info: string, context: Context): string | undefined {
  try {
    const { needId, id } = JSON.parse(fromUtf8(openSealed(context.fieldSecret, info, sealed))) as SealedExpert;
    return needId === known.need.needId ? known.list?.experts.find((expert) => expert.id === id)?.memberId : undefined;
  } catch {
    return undefined;
  }
}

/** "expert in two needs at one time → ineligible; never both." */
function isBusy(state: PoolState, { need }: NeedState, memberId: string): boolean {
  return [...state.calls.values()].some((call) => {
    const other = state.needs.get(call.needId)?.need;
    return (
      call.memberId === memberId &&
      (call.state === "accepted" || call.state === "arrived") &&
      other !== undefined &&
      other.needId !== need.needId &&
      other.windowStartAt < need.windowEndAt &&
      need.windowStartAt < other.windowEndAt
    );
  });
}

function answerCall(owner: string, call: Call, said: { answer: Answer; reasonCode?: string }, context: Context): Act<PoolEffect> {
  const at = context.now();
  const body = { needId: call.needId, callNo: call.callNo, ...said, at };
  return {
    effects: [{ did: "setCall", call: { ...call, state: said.answer, at } }],
    sends: [{ to: owner, type: "pool.answer", object: `need/${call.needId}`, body, correlates: call.messageId }],
  };
}

function withEffects(first: readonly PoolEffect[], act: Act<PoolEffect>): Act<PoolEffect> {
  return { ...act, effects: [...first, ...act.effects] };
}

const noteCall =
  (word: "arrived" | "absent" | "cancelled"): Handler<PoolState, PoolEffect> =>
  (state, { body }, context) => {
    const call = state.calls.get(callKey(body.needId as string, body.callNo));
    return { effects: call ? [{ did: "setCall", call: { ...call, state: word, at: context.now() } }] : [] };
  };

const finished: Handler<PoolState, PoolEffect> = (state, { body }, context) => {
  const known = state.needs.get(body.needId as string);
  return { effects: known ? [{ did: "setNeed", need: { ...known, state: "finished", since: context.now() } }] : [] };
};

const feedback: Handler<PoolState, PoolEffect> = (_state, message) => ({
  effects: [],
  sends: [
    {
      to: message.from,
      type: "pool.feedbackReceived",
      object: message.object ?? "",
      correlates: message.id,
      body: { feedbackId: message.body.feedbackId, outcome: "accepted" },
    },
  ],
});

type PoolDrive = Drive<PoolState, PoolEffect>;
const refuse = (detail: string): Refused => ({ refuse: "state.conflict", detail });
const isAnswer = (value: unknown): value is Answer =>
  value === "accepted" || value === "declined" || value === "unreachable" || value === "ineligible";

const drives: Readonly<Record<string, PoolDrive>> = {
  /** `answer {needId, callNo, answer, reasonCode?}`: the expert speaks, or changes its mind after accepting. */
  answer: (state, args, context) => {
    const call = state.calls.get(callKey(String(args.needId), args.callNo));
    const owner = state.needs.get(String(args.needId))?.owner;
    if (!call || !owner || !isAnswer(args.answer)) return refuse("no such call, or no such answer");
    return answerCall(
      owner,
      call,
      { answer: args.answer, ...(typeof args.reasonCode === "string" ? { reasonCode: args.reasonCode } : {}) },
      context,
    );
  },
  /** `intend {byCall: {"2": "declined"}, otherwise: "accepted" | "manual"}`: what experts will say when they are called. */
  intend: (_state, args) => {
    const byCall = (args.byCall ?? {}) as Record<string, Answer>;
    const otherwise = args.otherwise ?? "accepted";
    if (!Object.values(byCall).every(isAnswer) || !(isAnswer(otherwise) || otherwise === "manual")) return refuse("no such answer");
    return { effects: [{ did: "intend", intentions: { byCall, otherwise } }] };
  },
  /** `falseAnswer {needId, callNo}`: reports an acceptance of a call that was never made (EP11). */
  falseAnswer: (state, args, context) => {
    const owner = state.needs.get(String(args.needId))?.owner;
    if (!owner) return refuse("no such need");
    return {
      effects: [],
      sends: [
        {
          to: owner,
          type: "pool.answer",
          object: `need/${args.needId}`,
          body: { needId: args.needId, callNo: args.callNo, answer: "accepted", at: context.now() },
        },
      ],
    };
  },
  suspend: (state, args, context) => {
    const call = state.calls.get(callKey(String(args.needId), args.callNo));
    const known = state.needs.get(String(args.needId));
    if (!call || !known) return refuse("no such call");
    const id = known.list?.experts.find(({ memberId }) => memberId === call.memberId)?.id ?? "";
    const expertSealed = sealTo(
      known.need.drawServiceKey,
      sealedInfo.expert,
      utf8(JSON.stringify({ needId: call.needId, id } satisfies SealedExpert)),
      context.random,
    );
    const body = { expertSealed, fromAt: context.now(), cause: args.cause ?? "sanction" };
    return {
      effects: [{ did: "suspended", memberId: call.memberId }],
      sends: [{ to: known.owner, type: "pool.suspended", object: `need/${call.needId}`, body }],
    };
  },
  shrink: (_state, args) =>
    Number.isSafeInteger(args.n)
      ? { effects: [{ did: "shrank", speciality: String(args.speciality), keep: args.n as number }] }
      : refuse("n is no integer"),
  secondList: (state, args, context) => {
    const known = state.needs.get(String(args.needId));
    return known?.list ? answerNeed(state, { ...known, version: known.list.body.listVersion + 1 }, context) : refuse("no list yet");
  },
  joinKey: (_state, args) =>
    /^[0-9a-f]{64}$/.test(String(args.key))
      ? { effects: [{ did: "tookJoinKey", id: String(args.id), key: String(args.key) }] }
      : refuse("key is no hex32"),
  closeDay: (state, args, context) => {
    const day = typeof args.day === "string" ? args.day : context.now().slice(0, 10);
    const version = state.files.filter((file) => file.day === day).length + 1;
    const rows = [...state.calls.values()]
      .filter(({ at }) => at.startsWith(day))
      .map(({ needId, callNo, state: answer, at }) => ({ needId, callNo, answer, at }));
    const text = fromUtf8(
      writeFile(
        { file: "calls", system, day, version, from: `${day}T00:00:00.000Z`, to: `${day}T23:59:59.999Z`, label: "simulator" },
        rows,
      ),
    );
    return { effects: [{ did: "closedDay", file: { fileId: `calls-${day}-v${version}`, kind: "calls", day, version, text } }] };
  },
};

/** Calls that nobody answered in time count as unreachable (expert-pool.md §4). */
function overdue(state: PoolState): Call | undefined {
  return [...state.calls.values()].filter((call) => call.state === "summoned").sort((a, b) => (a.answerByAt < b.answerByAt ? -1 : 1))[0];
}

function precheck(state: PoolState, { type, body }: Envelope): "order.conflict" | "scope.missing" | "state.conflict" | undefined {
  const known = state.needs.get(body.needId as string);
  if (type === "pool.requestCandidates")
    return known ? "order.conflict" : state.joinKeys.has(body.joinKeyId as string) ? undefined : "state.conflict";
  if (!(type in messages)) return "scope.missing";
  return known ? undefined : "state.conflict";
}

const messages: SystemDefinition<PoolState, PoolEffect>["messages"] = {
  "pool.requestCandidates": requestCandidates,
  "pool.summon": summon,
  "pool.cancelSummon": noteCall("cancelled"),
  "pool.arrived": noteCall("arrived"),
  "pool.absent": noteCall("absent"),
  "pool.feedback": feedback,
  "pool.finished": finished,
};

export const expertPool: SystemDefinition<PoolState, PoolEffect> = {
  system,
  title: "省综合评标专家库（模拟器）",
  initial: (seed) => ({
    seed,
    experts: [...expertsOf(seed)],
    needs: new Map(),
    calls: new Map(),
    suspended: new Set(),
    joinKeys: new Map(),
    intentions: { byCall: {}, otherwise: "accepted" },
    files: [],
  }),
  apply,
  schemas: expertPoolMessages,
  askSchemas: expertPoolAsks,
  messages,
  precheck: (state, message) => precheck(state, message),
  asks: {
    "pool.expertStatus": (state, { body }, context) => {
      const { needId, id } = JSON.parse(
        fromUtf8(openSealed(context.fieldSecret, sealedInfo.expert, body.expertSealed as string)),
      ) as SealedExpert;
      const memberId = state.needs.get(needId)?.list?.experts.find((expert) => expert.id === id)?.memberId;
      return {
        status: memberId === undefined ? "expired" : state.suspended.has(memberId) ? "suspended" : "fit",
        titleOk: memberId !== undefined,
        yearsOk: memberId !== undefined,
      };
    },
  },
  object: (state, _kind, ourId) => {
    const known = state.needs.get(ourId);
    return known ? { state: known.state, since: known.since } : undefined;
  },
  files: (state) => state.files,
  drives,
  books: (state) => ({
    system: "simulator",
    experts: state.experts.length,
    needs: [...state.needs.values()].map(({ need, state: word, list }) => ({
      needId: need.needId,
      state: word,
      experts: list?.experts ?? [],
    })),
    // The pool alone knows whom it called: the driver gives those an account, as the pool's own staff would.
    calls: [...state.calls.values()].map((call) => ({
      ...call,
      expert: state.experts.find(({ memberId }) => memberId === call.memberId) ?? null,
    })),
    suspended: [...state.suspended],
  }),
  nextDue: (state) => {
    const call = overdue(state);
    return call === undefined ? undefined : new Date(Date.parse(call.answerByAt) + 1).toISOString();
  },
  due: (state, context) => {
    const call = overdue(state);
    const owner = state.needs.get(call?.needId ?? "")?.owner;
    return call && owner ? answerCall(owner, call, { answer: "unreachable" }, context) : { effects: [] };
  },
};
