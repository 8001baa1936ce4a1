/**
 * How the wallet gets its people certificates: it orders them from the authority with the signed messages of
 * conventions.md, as a holder's own tool would, and asks for the state of its order. The platform takes no part.
 */
import { hex, utf8 } from "../../formats/bytes.ts";
import { type Envelope, encryptPersonal, type Outcome, type Peer, type Sender, transmissionTo } from "../../formats/exchange/index.ts";
import { fetchAnswer } from "../frame/outbox.ts";
import { certificateFrom, csrFor, type HeldCertificate, type PersonSecrets, profileFamily } from "./person-keys.ts";

export interface EnrolmentParts {
  readonly authority: Peer;
  readonly sender: Sender;
}

/** @throws Error when the authority refuses or does not answer within 16 s. */
export async function enrolCertificate(person: PersonSecrets, use: "sign" | "seal", parts: EnrolmentParts): Promise<HeldCertificate> {
  const { authority, sender } = parts;
  const requestId = `w-${hex(sender.random(8))}`;
  const field = (text: string) => encryptPersonal(text, authority.fieldKey ?? "", sender.random);
  const { personId, name, organisation } = person;
  const holder = {
    kind: "person",
    personRef: personId,
    name: field(name),
    ...(organisation ? { creditCode: organisation.creditCode, organisationName: organisation.name } : {}),
  };
  const body = {
    requestId,
    profile: `${use}-${profileFamily(person, use)}`,
    holder,
    realNameReceipt: `sandbox-${personId}`,
    csr: await csrFor(person, use),
    contact: field(name),
  };
  const at = new Date(sender.machineNow()).toISOString();
  const envelope: Envelope = {
    v: 1,
    schema: "1.0",
    type: "ca.enrol",
    id: requestId,
    object: `cert/${requestId}`,
    seq: 1,
    createdAt: at,
    occurredAt: at,
    body,
  };
  const outcome = await transmit(parts, { method: "POST", target: "/v1/messages", id: requestId, body: utf8(JSON.stringify(envelope)) });
  if (outcome.how === "refused") throw new Error(`the authority refuses: ${outcome.problem.code}`);
  return resultOf(parts, requestId);
}

/** Asks for the object until the order is final: an answer that did not come is asked for, never ordered again. */
async function resultOf(parts: EnrolmentParts, requestId: string): Promise<HeldCertificate> {
  for (let attempt = 0; attempt < 60; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(50 + 25 * attempt, 300)));
    const outcome = await transmit(parts, { method: "GET", target: `/v1/objects/cert/${requestId}`, id: `${requestId}-${attempt}` });
    const found = outcome.how === "answered" ? (outcome.body as { state: string; lastResult?: Envelope }) : undefined;
    if (found?.state === "issued" && found.lastResult) return certificateFrom(found.lastResult.body);
    if (found?.state === "refused") throw new Error(`the authority refuses: ${found.lastResult?.body.reason}`);
  }
  throw new Error("the authority did not answer");
}

function transmit({ authority, sender }: EnrolmentParts, what: Parameters<typeof transmissionTo>[2]): Promise<Outcome> {
  return fetchAnswer(transmissionTo(authority, sender, what), authority);
}
