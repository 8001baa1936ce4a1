/** The contract with one winner, as its stream tells it. Pure. Main terms come from the opened bid and the document. */
import { next } from "../../kernel/index.ts";
import { foldStream, type RecordedEvent } from "../../record/index.ts";
import type { Queryable } from "../../runtime/database/index.ts";
import { type Award, awardOf } from "../award/index.ts";
import { streamOf } from "../transaction/index.ts";
import { type ContractCommand, type ContractState, contractStates } from "./contract.states.ts";

export interface Subcontract {
  part: string;
  isMainOrKey: boolean;
  consented: boolean;
}

export interface ContractTerms {
  title: string;
  buyer: string;
  contractor: string;
  bidDigest: string;
  documentVersion: number;
  documentSha256: string;
  priceFen: string;
  durationDays: number;
  quality: string;
  managerName: string;
  managerCertificate: string;
  securityFen: string;
  securityForm: string;
  paymentTerms: string;
  otherTerms: string;
  subcontracts: readonly Subcontract[];
}

export interface ContractSignature {
  organisation: string;
  personId: string;
  at: string;
  act: string;
}

export interface Contract {
  stream: string;
  state: ContractState;
  terms: ContractTerms;
  termsDigest: string;
  draftedAt: string;
  signatures: readonly ContractSignature[];
  effectiveAt: string | null;
  secured: { form: string; amountFen: string; reference: string; at: string } | null;
  filed: { number: string; at: string } | null;
  ended: { cause: string; at: string } | null;
}

const moves: Readonly<Record<string, ContractCommand>> = {
  "con.signed": "sign",
  "con.effective": "takeEffect",
  "con.secured": "secure",
  "con.filed": "file",
  "con.givenUp": "giveUp",
  "con.terminated": "terminate",
};

export function evolveContract(contract: Contract | undefined, event: RecordedEvent): Contract {
  if (event.type === "con.drafted") return drafted(event);
  if (!contract) throw new Error(`${event.type} comes before con.drafted`);
  const command = moves[event.type];
  const state = command && next(contractStates, contract.state, command);
  if (state === undefined) throw new Error(`a contract that is ${contract.state} cannot take ${event.type}`);
  return { ...contract, ...changes(contract, event), state };
}

function drafted({ stream, data, at }: RecordedEvent): Contract {
  return {
    stream,
    state: "draft",
    terms: data.terms,
    termsDigest: data.termsDigest,
    draftedAt: at,
    signatures: [],
    effectiveAt: null,
    secured: null,
    filed: null,
    ended: null,
  };
}

function changes(contract: Contract, { type, data, at, actor, act }: RecordedEvent): Partial<Contract> {
  switch (type) {
    case "con.signed":
      return { signatures: [...contract.signatures, { organisation: data.organisation, personId: actor, at, act: act?.digest ?? "" }] };
    case "con.effective":
      return { effectiveAt: at };
    case "con.secured":
      return { secured: { form: data.form, amountFen: data.amountFen, reference: data.reference, at } };
    case "con.filed":
      return { filed: { number: data.number, at } };
    case "con.givenUp":
    case "con.terminated":
      return { ended: { cause: data.cause, at } };
    default:
      return {};
  }
}

/** One contract per decision of the award: when the next candidate is chosen, another contract begins. */
export function contractStream(lotId: string, award: Pick<Award, "decisions">): string {
  return streamOf("con", lotId, Math.max(1, award.decisions.length));
}

/** The contract with the winner that stands; undefined before it is drafted. */
export async function contractOf(db: Queryable, lotId: string): Promise<Contract | undefined> {
  const award = await awardOf(db, lotId);
  return award && foldStream(db, contractStream(lotId, award), evolveContract);
}
