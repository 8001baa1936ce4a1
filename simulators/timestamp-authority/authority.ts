/**
 * The time-stamp authority of certificate-authority.md §2: `POST /tsa` with a digest, never with what was signed. It
 * follows the sandbox clock, as everybody outside does. Serials are unique by chance, not dense: the door keeps no book.
 */

import { fromBase64 } from "../../formats/bytes.ts";
import { type Authority, foundAuthority, issueOffice } from "../frame/certificates.ts";
import type { Act, Context, SystemDefinition } from "../frame/system-definition.ts";
import { answerStamp } from "./stamp.ts";

interface Mode {
  readonly skewMs: number;
  readonly wrongImprint: boolean;
  readonly mute: boolean;
}

interface StampState {
  founded: { root: Authority; issuing: Authority; stamping: Authority } | undefined;
  mode: Mode;
}

type StampEffect =
  | { readonly did: "founded"; readonly parts: NonNullable<StampState["founded"]> }
  | { readonly did: "set"; readonly mode: Mode };

const system = "sim-tsa";

async function found(): Promise<Act<StampEffect>> {
  const { root, issuing } = await foundAuthority("鹭时");
  return { effects: [{ did: "founded", parts: { root, issuing, stamping: await issueOffice("SIMULATOR TSA 鹭时", "stamp", issuing) } }] };
}

async function stamp({ founded, mode }: StampState, body: Uint8Array, context: Context): Promise<Uint8Array | undefined> {
  if (!founded) return undefined;
  const serial = Uint8Array.from(context.random(16));
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  const genTime = new Date(Date.parse(context.now()) + mode.skewMs).toISOString();
  return answerStamp(body, {
    stamping: founded.stamping,
    chain: [founded.issuing.certDer, founded.root.certDer],
    genTime,
    serial,
    wrongImprint: mode.wrongImprint,
  });
}

export const timestampAuthority: SystemDefinition<StampState, StampEffect> = {
  system,
  title: "鹭时沙箱时间戳服务中心（模拟器）",
  initial: () => ({ founded: undefined, mode: { skewMs: 0, wrongImprint: false, mute: false } }),
  apply(state, effect) {
    if (effect.did === "founded") state.founded = effect.parts;
    else state.mode = effect.mode;
  },
  schemas: {},
  askSchemas: {},
  messages: {},
  asks: {},
  object: () => undefined,
  drives: {
    tsaMode: (_, args) => ({
      effects: [
        { did: "set", mode: { skewMs: Number(args.skewMs ?? 0), wrongImprint: args.wrongImprint === true, mute: args.mute === true } },
      ],
    }),
  },
  books: ({ founded, mode }) => ({
    system: "simulator",
    rootDer: founded?.root.certDer,
    issuingDer: founded?.issuing.certDer,
    stampingDer: founded?.stamping.certDer,
    mode,
  }),
  async bytes(state, { method, path, body }, context) {
    if (method === "GET" && path === "/ca/sim-tsa.cer" && state.founded)
      return { status: 200, contentType: "application/pkix-cert", body: fromBase64(state.founded.root.certDer) };
    if (method !== "POST" || path !== "/tsa") return undefined;
    const answer = state.mode.mute ? undefined : await stamp(state, body, context);
    return answer
      ? { status: 200, contentType: "application/timestamp-reply", body: answer }
      : { status: 503, contentType: "text/plain", body: "not now" };
  },
  afterwards: ({ founded }) => (founded === undefined ? found() : undefined),
};
