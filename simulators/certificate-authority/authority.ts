/**
 * The certificate authority of certificate-authority.md: enrols by PKCS#10, issues certificates for signing and sealing
 * in three families, each below a chain of its own, revokes, publishes full CRLs. It never holds a key of a holder.
 */
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";
import { fromBase64, hex, utf8 } from "../../formats/bytes.ts";
import { certificateAsks, certificateMessages } from "../../formats/exchange/index.ts";
import { sha256 } from "../../formats/jcs.ts";
import {
  type Authority,
  foundAuthority,
  issueCertificate,
  issueOffice,
  makeCrl,
  oid,
  type ReadCsr,
  type Revocation,
  readCsr,
  type Subject,
} from "../frame/certificates.ts";
import { type Family, families } from "../frame/families.ts";
import { answerStatus, isOf, readQuestion, type StatusMode } from "../frame/status-answer.ts";
import type { Act, Context, Drive, Handler, SystemDefinition } from "../frame/system-definition.ts";
import { type AuthorityEffect, type AuthorityState, apply, type Founded, type Issued, type Request } from "./state.ts";

const caId = "sim-ca-a";

const enrol: Handler<AuthorityState, AuthorityEffect> = (_state, { body, from, id }, context) => {
  const { requestId, profile, holder, csr } = body as {
    requestId: string;
    profile: Request["profile"];
    holder: Request["holder"];
    csr: string;
  };
  const request: Request = {
    requestId,
    owner: from,
    messageId: id,
    profile,
    holder: { ...holder, name: context.openPersonal(holder.name) },
    csr,
  };
  return { effects: [{ did: "received", request }] };
};

/** Whoever had it issued may have it revoked. */
const revokeByOrder: Handler<AuthorityState, AuthorityEffect> = (state, { body, from, id }, context) => {
  const { requestId, serial, reason, invalidityAt } = body as { requestId: string; serial: string; reason: string; invalidityAt?: string };
  const certificate = [...state.issued.values()].find((one) => one.serial === serial);
  if (certificate?.owner !== from)
    return {
      effects: [],
      sends: [{ to: from, type: "ca.refused", object: `cert/${requestId}`, correlates: id, body: { requestId, reason: "identity" } }],
    };
  return revocation(
    state,
    { serial, reason, ...(invalidityAt ? { invalidityAt } : {}), at: context.now() },
    { requestId, to: from, correlates: id },
    context,
  );
};

function revocation(
  state: AuthorityState,
  made: Revocation,
  about: { requestId?: string; to: string; correlates?: string },
  context: Context,
): Act<AuthorityEffect> {
  if (state.revocations.get(made.serial)?.reason !== "onHold" && state.revocations.has(made.serial)) return { effects: [] };
  const { serial, at, reason, invalidityAt } = made;
  const status = {
    serial,
    status: reason === "onHold" ? "onHold" : "revoked",
    at,
    ...(reason === "onHold" ? {} : { reason }),
    ...(invalidityAt ? { invalidityAt } : {}),
  };
  const sends = [{ to: context.platform().system, type: "ca.statusChanged", object: `cert/${serial}`, body: status }];
  const answer =
    about.requestId === undefined
      ? []
      : [
          {
            to: about.to,
            type: "ca.revoked",
            object: `cert/${about.requestId}`,
            body: { requestId: about.requestId, serial, revokedAt: at },
            ...(about.correlates ? { correlates: about.correlates } : {}),
          },
        ];
  return { effects: [{ did: "revoked", revocation: made }], sends: [...answer, ...sends] };
}

const revoke: Drive<AuthorityState, AuthorityEffect> = (state, args, context) => {
  if (![...state.issued.values()].some(({ serial }) => serial === args.serial))
    return { refuse: "object.unknown", detail: "no such serial" };
  const made: Revocation = {
    serial: String(args.serial),
    reason: String(args.reason ?? "keyCompromise"),
    at: typeof args.at === "string" ? args.at : context.now(),
    ...(typeof args.invalidityAt === "string" ? { invalidityAt: args.invalidityAt } : {}),
  };
  return revocation(state, made, { to: "" }, context);
};

const names: Readonly<Record<Family, string>> = { p256: "鹭鼎", sm2: "鹭鼎国密", rsa: "鹭鼎 RSA" };
const missingFamily = ({ founded }: AuthorityState): Family | undefined => families.find((family) => !founded.has(family));
const familyOfProfile = (profile: string) => profile.split("-")[1] as Family;

/** One piece of work at a time: found the authority, then answer the oldest request. */
async function work(state: AuthorityState, context: Context): Promise<Act<AuthorityEffect>> {
  const family = missingFamily(state);
  if (family) {
    const chain = await foundAuthority(names[family], family);
    const status = await issueOffice(`SIMULATOR OCSP ${names[family]}`, "status", chain.issuing);
    return { effects: [{ did: "founded", family, ...chain, status }] };
  }
  const request = state.waiting.values().next().value as Request;
  const read = await readCsr(request.csr);
  const refuse = (reason: string): Act<AuthorityEffect> => ({
    effects: [{ did: "refused", requestId: request.requestId, reason, since: context.now() }],
    sends: [
      {
        to: request.owner,
        type: "ca.refused",
        object: `cert/${request.requestId}`,
        correlates: request.messageId,
        body: { requestId: request.requestId, reason },
      },
    ],
  });
  if (typeof read === "string") return refuse(read);
  // The profile decides the family; a key of another one is no key for it (§3.5).
  if (read.family !== familyOfProfile(request.profile)) return refuse("weakKey");
  const holderKey = `${request.holder.creditCode ?? ""} ${request.holder.personRef ?? ""}`;
  // "same key in two certificates of two firms": refused, a clue for supervision.
  if ([...state.issued.values()].some((one) => one.keyHash === read.keyHash && one.holderKey !== holderKey)) return refuse("duplicateKey");
  return issue(state, { request, ...read, holderKey }, context);
}

async function issue(
  state: AuthorityState,
  made: { request: Request; holderKey: string } & ReadCsr,
  context: Context,
): Promise<Act<AuthorityEffect>> {
  const { request } = made;
  const { requestId, profile } = request;
  const { root, issuing } = state.founded.get(made.family) as Founded;
  const now = context.now();
  const serialBytes = sha256(`${caId}\n${state.seed}\n${state.issued.size + 1}`).slice(0, 16);
  serialBytes[0] = ((serialBytes[0] ?? 0) & 0x7f) | 0x40;
  const notAfter = new Date(Date.parse(now) + state.validityDays * 86_400_000).toISOString();
  const certDer = await issueCertificate(
    {
      subject: subjectOf(request, root),
      publicKey: made.publicKey,
      serial: serialBytes,
      notBefore: secondOf(now),
      notAfter: secondOf(notAfter),
      use: profile.startsWith("sign") ? "sign" : "seal",
    },
    issuing,
  );
  const issued: Issued = {
    requestId,
    serial: hex(serialBytes),
    certDer,
    keyHash: made.keyHash,
    holderKey: made.holderKey,
    profile,
    owner: request.owner,
    notBefore: secondOf(now),
    notAfter: secondOf(notAfter),
  };
  const body = {
    requestId,
    serial: issued.serial,
    certDer,
    chainDer: [issuing.certDer, root.certDer],
    notBefore: issued.notBefore,
    notAfter: issued.notAfter,
  };
  return {
    effects: [{ did: "issued", issued }],
    sends: [{ to: request.owner, type: "ca.issued", object: `cert/${requestId}`, correlates: request.messageId, body }],
  };
}

/** Certificates count whole seconds. */
function secondOf(instant: string): string {
  return `${instant.slice(0, 19)}.000Z`;
}

/** Persons: CN and a keyed pseudonym, never the identity number (certificate-authority.md §1). */
function subjectOf({ holder }: Request, root: Authority): Subject {
  const subject: (readonly [string, string])[] = [[oid.commonName, holder.name]];
  if (holder.organisationName) subject.push([oid.organisation, holder.organisationName]);
  if (holder.creditCode) subject.push([oid.organisationIdentifier, `USCC-${holder.creditCode}`]);
  if (holder.personRef) subject.push([oid.pseudonym, hex(hmac(nobleSha256, utf8(root.keyDer), utf8(holder.personRef))).slice(0, 32)]);
  return subject;
}

/** The list of one family's chain: each authority answers for its own. */
async function crlOf(state: AuthorityState, family: Family, now: string): Promise<Uint8Array | undefined> {
  const founded = state.founded.get(family);
  if (founded === undefined) return undefined;
  const at = state.frozenAt ?? now;
  const own = new Set([...state.issued.values()].filter(({ profile }) => familyOfProfile(profile) === family).map(({ serial }) => serial));
  const revocations = [...state.revocations.values()].filter((one) => one.at <= at && own.has(one.serial));
  return makeCrl(founded.issuing, revocations, {
    thisUpdate: at,
    nextUpdate: new Date(Date.parse(at) + 86_400_000).toISOString(),
    number: Date.parse(at),
  });
}

/** `sim-ca-a` is the chain of P-256, as from the first day; the others have their family behind it. */
const nameOfChain = (family: Family): string => (family === "p256" ? caId : `${caId}-${family}`);

export const certificateAuthority: SystemDefinition<AuthorityState, AuthorityEffect> = {
  system: caId,
  title: "鹭鼎沙箱数字认证中心（模拟器）",
  initial: (seed) => ({
    seed,
    founded: new Map(),
    waiting: new Map(),
    issued: new Map(),
    refused: new Map(),
    revocations: new Map(),
    frozenAt: undefined,
    statusMode: "good",
    validityDays: 90,
  }),
  apply,
  schemas: certificateMessages,
  askSchemas: certificateAsks,
  messages: { "ca.enrol": enrol, "ca.revoke": revokeByOrder },
  asks: {
    "ca.findCertificate": (state, { body }) => {
      const { creditCode, personRef, profile, at } = body as { creditCode?: string; personRef?: string; profile: string; at: string };
      const found = [...state.issued.values()].filter(
        (one) =>
          one.profile === profile &&
          one.notBefore <= at &&
          at <= one.notAfter &&
          (creditCode === undefined || one.holderKey.startsWith(`${creditCode} `)) &&
          (personRef === undefined || one.holderKey.endsWith(` ${personRef}`)),
      );
      return { certificates: creditCode === undefined && personRef === undefined ? [] : found.map(({ certDer }) => certDer) };
    },
  },
  precheck: (state, { type, body }) => {
    if (type !== "ca.enrol" && type !== "ca.revoke") return "scope.missing";
    const id = body.requestId as string;
    return type === "ca.enrol" && (state.waiting.has(id) || state.issued.has(id) || state.refused.has(id)) ? "order.conflict" : undefined;
  },
  object: (state, _kind, ourId) => {
    const issued = state.issued.get(ourId);
    if (issued) return { state: "issued", since: issued.notBefore };
    if (state.refused.has(ourId)) return { state: "refused", since: state.refused.get(ourId)?.since ?? "" };
    return state.waiting.has(ourId) ? { state: "received", since: "" } : undefined;
  },
  drives: {
    revoke,
    hold: (state, args, context) => revoke(state, { ...args, reason: "onHold" }, context),
    release: (_state, args, context) => ({
      effects: [{ did: "released", serial: String(args.serial) }],
      sends: [
        {
          to: context.platform().system,
          type: "ca.statusChanged",
          object: `cert/${args.serial}`,
          body: { serial: args.serial, status: "released", at: context.now() },
        },
      ],
    }),
    freezeCrl: (_state, args, context) => ({ effects: [{ did: "froze", at: args.on === false ? undefined : context.now() }] }),
    ocspMode: (_state, args) =>
      statusModes.includes(args.mode as StatusMode)
        ? { effects: [{ did: "statusMode", mode: args.mode as StatusMode }] }
        : { refuse: "schema.invalid", detail: `one of ${statusModes.join(", ")}` },
    setValidityDays: (_state, args) =>
      Number.isSafeInteger(args.days) && (args.days as number) >= 1 && (args.days as number) <= 1_095
        ? { effects: [{ did: "setValidity", days: args.days as number }] }
        : { refuse: "schema.invalid", detail: "1 to 1095 days" },
  },
  books: (state) => ({
    system: "simulator",
    // In the order of the families, not in that of their founding, which requests race for.
    chains: families.flatMap((family) => {
      const chain = state.founded.get(family);
      return chain ? [{ caId: nameOfChain(family), family, rootDer: chain.root.certDer, issuingDer: chain.issuing.certDer }] : [];
    }),
    issued: [...state.issued.values()],
    revocations: [...state.revocations.values()],
    waiting: state.waiting.size,
  }),
  bytes: async (state, { method, path, body }, context) => {
    if (method === "POST" && path === "/ocsp") return statusAnswer(state, body, context.now());
    if (method !== "GET") return undefined;
    const family = families.find((one) => path === `/ca/${nameOfChain(one)}.cer` || path === `/crl/${nameOfChain(one)}.crl`);
    if (family === undefined) return undefined;
    if (path.startsWith("/ca/")) {
      const root = state.founded.get(family)?.root.certDer;
      return root ? { status: 200, contentType: "application/pkix-cert", body: fromBase64(root) } : notYet;
    }
    const crl = await crlOf(state, family, context.now());
    return crl ? { status: 200, contentType: "application/pkix-crl", body: crl } : notYet;
  },
  afterwards: (state, context) => (missingFamily(state) || state.waiting.size > 0 ? work(state, context) : undefined),
};

const statusModes: readonly StatusMode[] = ["good", "wrongSigner", "noNonce", "mute"];

/** `POST /ocsp`: about a certificate of any of the chains. */
function statusAnswer(state: AuthorityState, body: Uint8Array, now: string) {
  const question = readQuestion(body);
  const chain = question && [...state.founded].find(([, { issuing }]) => isOf(question, issuing));
  if (!question || !chain) return { status: 400, contentType: "text/plain", body: "no question about a certificate of ours" };
  const [family, { status: office }] = chain;
  if (!office || state.statusMode === "mute") return notYet;
  const issued = [...state.issued.values()].find(
    ({ serial, profile }) => serial === question.serial && familyOfProfile(profile) === family,
  );
  const found = state.revocations.get(question.serial);
  const revocation = found && found.at <= now ? found : undefined;
  const answer = answerStatus(question, office, { known: issued !== undefined, revocation, now, mode: state.statusMode });
  return { status: 200, contentType: "application/ocsp-response", body: answer };
}

const notYet = { status: 503, contentType: "text/plain", body: "not yet" };
