/**
 * The desk of one member of an opening-key ceremony (seal-v1 §3, decisions §3). Once its person has accepted, it
 * posts the rounds by itself; partials are always an act of the person. The polynomial and the share stay here.
 *
 * Must never post a round before the secret behind it is on disk, and never post one round twice with other content.
 */
import { fromHex, hex } from "../../formats/bytes.ts";
import {
  assembleCeremony,
  type CeremonyComplaint,
  type CeremonyPlan,
  type CeremonyPosts,
  type MemberPolynomial,
  type MemberSecrets,
  makeAck,
  makeRound1,
  makeRound2,
  makeRound3,
  type Random,
  type Round1Row,
  type Round2Row,
  type Round3Row,
  receiveShares,
} from "../../formats/seal/index.ts";
import type { KeyPair } from "./key-pair.ts";

/** What the platform shows of a running ceremony; rows in order of members, null where nothing was posted yet. */
export interface BoardState {
  readonly plan: CeremonyPlan;
  readonly round1: readonly (Round1Row | null)[];
  readonly round2: readonly (Round2Row | null)[];
  readonly round3: readonly Round3Row[];
  readonly acks: readonly (string | null)[];
}

/** What the desk keeps between the rounds. */
export interface MemberState {
  readonly sign: KeyPair;
  readonly enc: KeyPair;
  readonly polynomial?: MemberPolynomial;
  /** x_l, hex32: set when all shares were checked. */
  readonly share?: string;
  /** Rows that were made, so that a repetition after a crash says the same. */
  readonly made: {
    readonly round1?: Round1Row;
    readonly round2?: Round2Row;
    readonly round3?: readonly Round3Row[];
    readonly ack?: string;
  };
}

export type DeskPost =
  | { readonly round: 1; readonly member: number; readonly row: Round1Row }
  | { readonly round: 2; readonly member: number; readonly row: Round2Row }
  | { readonly round: 3; readonly member: number; readonly rows: readonly Round3Row[] }
  | { readonly round: "ack"; readonly member: number; readonly ack: string }
  | { readonly round: "complaint"; readonly member: number; readonly complaints: readonly CeremonyComplaint[] };

export type DeskStep = { readonly state: MemberState; readonly post?: DeskPost; readonly isDone: boolean };

/**
 * The next thing this member has to say, if it is its turn. Keep `state` before sending `post`.
 * @throws RangeError when the member's key is not in the plan.
 */
export function advanceDesk(state: MemberState, board: BoardState, random: Random): DeskStep {
  const member = board.plan.members.findIndex(({ signKey }) => signKey === state.sign.key) + 1;
  if (member === 0) throw new RangeError("this member is not in the plan");
  const own: MemberSecrets = { member, signSecret: fromHex(state.sign.secret), encSecret: fromHex(state.enc.secret) };
  const desk = { state, board, own, random };
  if (!board.round1[member - 1]) return firstRound(desk);
  if (!isWhole(board.round1, board.plan)) return { state, isDone: false };
  if (!board.round2[member - 1]) return secondRound(desk);
  if (!isWhole(board.round2, board.plan)) return { state, isDone: false };
  const n = board.plan.members.length;
  if (board.round3.filter(({ from }) => from === member).length < n - 1) return thirdRound(desk);
  if (board.round3.length < n * (n - 1)) return { state, isDone: false };
  return board.acks[member - 1] ? { state, isDone: true } : acknowledge(desk);
}

interface Desk {
  readonly state: MemberState;
  readonly board: BoardState;
  readonly own: MemberSecrets;
  readonly random: Random;
}

function firstRound({ state, board, own, random }: Desk): DeskStep {
  const { member } = own;
  if (state.made.round1) return { state, post: { round: 1, member, row: state.made.round1 }, isDone: false };
  const { polynomial, row } = makeRound1(board.plan, own, random);
  return { state: { ...state, polynomial, made: { round1: row } }, post: { round: 1, member, row }, isDone: false };
}

function secondRound({ state, board, own, random }: Desk): DeskStep {
  const { member } = own;
  const row = state.made.round2;
  if (row) return { state, post: { round: 2, member, row }, isDone: false };
  const step = makeRound2(board.plan, own, { polynomial: polynomialOf(state), posts: postsOf(board) }, random);
  if (!step.ok) return complain(state, member, step.complaints);
  return { state: { ...state, made: { ...state.made, round2: step.value } }, post: { round: 2, member, row: step.value }, isDone: false };
}

function thirdRound({ state, board, own, random }: Desk): DeskStep {
  const { member } = own;
  const rows = state.made.round3;
  if (rows) return { state, post: { round: 3, member, rows }, isDone: false };
  const step = makeRound3(board.plan, own, { polynomial: polynomialOf(state), posts: postsOf(board) }, random);
  if (!step.ok) return complain(state, member, step.complaints);
  return { state: { ...state, made: { ...state.made, round3: step.value } }, post: { round: 3, member, rows: step.value }, isDone: false };
}

function acknowledge({ state, board, own, random }: Desk): DeskStep {
  const { member } = own;
  if (state.made.ack) return { state, post: { round: "ack", member, ack: state.made.ack }, isDone: false };
  const posts = postsOf(board);
  const step = receiveShares(board.plan, own, { polynomial: polynomialOf(state), posts });
  if (!step.ok) return complain(state, member, step.complaints);
  const ack = makeAck(assembleCeremony(board.plan, posts), own, step.value.share, random);
  return {
    state: { ...state, share: hex(step.value.share), made: { ...state.made, ack } },
    post: { round: "ack", member, ack },
    isDone: false,
  };
}

function complain(state: MemberState, member: number, complaints: readonly CeremonyComplaint[]): DeskStep {
  return { state, post: { round: "complaint", member, complaints }, isDone: true };
}

function polynomialOf(state: MemberState): MemberPolynomial {
  if (state.polynomial === undefined) throw new RangeError("the polynomial of this member is not here");
  return state.polynomial;
}

function postsOf(board: BoardState): CeremonyPosts {
  return { round1: board.round1 as Round1Row[], round2: board.round2 as Round2Row[], round3: [...board.round3] };
}

function isWhole(rows: readonly unknown[], plan: CeremonyPlan): boolean {
  return rows.length === plan.members.length && rows.every((row) => row !== null);
}
