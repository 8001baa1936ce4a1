/**
 * Carries a member's desk through a ceremony against the platform's public interface: reads the board, posts what
 * is due as acts signed by the person, until its ack stands. It is told where the board is; it knows no act by itself.
 */

import type { SignedCommand } from "../../formats/act.ts";
import { signCommandWith } from "../../formats/act-signers.ts";
import { hex } from "../../formats/bytes.ts";
import type { Machine } from "../frame/simulator.ts";
import { advanceDesk, type BoardState, type DeskPost, type MemberState } from "./member-desk.ts";
import { type PersonSecrets, signerOf } from "./person-keys.ts";
import type { Safe } from "./safe.ts";

export interface DeskOrder {
  /** `GET` answers a BoardState, bare or as its member `board`. */
  readonly boardUrl: string;
  /** `POST {actsUrl}/{act}` takes a signed command. */
  readonly actsUrl: string;
  /** Session of the person, sent as a bearer token. */
  readonly session: string;
  readonly membership: string;
  readonly lotId: string | null;
  /** Act names by round. */
  readonly acts: {
    readonly round1: string;
    readonly round2: string;
    readonly round3: string;
    readonly ack: string;
    readonly complaint: string;
  };
}

export interface DeskParts {
  readonly safe: Safe<PersonSecrets>;
  readonly machine: Machine;
  readonly pauseMs: number;
  readonly isStopped: () => boolean;
}

/** Until the ack stands or a complaint was made; @throws Error when the platform refuses an act. */
export async function runDesk(personId: string, ceremonyId: string, order: DeskOrder, parts: DeskParts): Promise<void> {
  while (!parts.isStopped()) {
    const board = await boardAt(order);
    // Read after the pause, so that what another desk of this person kept meanwhile is not lost.
    const person = parts.safe.find(personId);
    const state = person?.desks[ceremonyId];
    if (!person || !state) throw new Error("this person has no desk in this ceremony");
    const step = advanceDesk(state, board, (length) => new Uint8Array(parts.machine.random(length)));
    // The secret is on disk before anybody hears of what follows from it.
    if (step.state !== state) parts.safe.put(personId, { ...person, desks: { ...person.desks, [ceremonyId]: step.state } });
    if (step.post) await postAct(person, { order, post: step.post }, parts);
    if (step.isDone) return;
    await new Promise((resolve) => setTimeout(resolve, parts.pauseMs));
  }
}

async function boardAt({ boardUrl, session, membership }: DeskOrder): Promise<BoardState> {
  const answer = await fetch(boardUrl, {
    headers: { authorization: `Bearer ${session}`, "egret-membership": membership },
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`the board answered ${answer.status}`);
  const value = (await answer.json()) as BoardState & { board?: BoardState };
  return value.board ?? value;
}

/** The data of the act: what the platform's acts of the ceremony take. Who posts it is known by the signature. */
function dataOf(post: DeskPost): unknown {
  if (post.round === 1 || post.round === 2) return post.row;
  if (post.round === 3) return { rows: post.rows };
  if (post.round === "ack") return { ack: post.ack };
  const [first] = post.complaints;
  return { against: first?.against, round: first?.round, code: first?.code, note: "本成员的密钥终端核验未通过" };
}

async function postAct(
  person: PersonSecrets,
  { order, post }: { order: DeskOrder; post: DeskPost },
  { machine }: DeskParts,
): Promise<void> {
  const { round } = post;
  const names = { 1: order.acts.round1, 2: order.acts.round2, 3: order.acts.round3, ack: order.acts.ack, complaint: order.acts.complaint };
  const act = names[round];
  const command = {
    v: 1 as const,
    act,
    commandId: hex(machine.random(16)),
    membership: order.membership,
    lotId: order.lotId,
    data: dataOf(post),
  };
  const signed: SignedCommand = await signCommandWith(command, signerOf(person, new URL(order.actsUrl).origin));
  const headers = { "content-type": "application/json", "idempotency-key": command.commandId, authorization: `Bearer ${order.session}` };
  const answer = await fetch(`${order.actsUrl}/${act}`, {
    method: "POST",
    headers,
    body: JSON.stringify(signed),
    signal: AbortSignal.timeout(10_000),
  });
  if (!answer.ok) throw new Error(`${act}: ${answer.status} ${await answer.text()}`);
}

/** Fresh member keys for one ceremony: all 2n keys of a ceremony are different. */
export function openDesk(
  person: PersonSecrets,
  ceremonyId: string,
  fresh: { sign: MemberState["sign"]; enc: MemberState["enc"] },
): PersonSecrets {
  if (person.desks[ceremonyId]) return person;
  return { ...person, desks: { ...person.desks, [ceremonyId]: { ...fresh, made: {} } } };
}
