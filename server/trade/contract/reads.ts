/** What the public and the parties read of the contract. */
import { Type } from "@sinclair/typebox";
import { getOrganisation } from "../../identity/index.ts";
import { nullable, type Read, read } from "../transaction/index.ts";
import { contractOf } from "./contract.ts";

const text = Type.String();
const whole = Type.Integer();
const maybe = nullable(text);

/** 合同信息公开: only of a contract in force. */
export const contractRead = read({
  path: "/lots/:lotId/contract",
  title: "合同信息",
  group: "contract.public",
  response: Type.Object({
    state: text,
    contractorName: text,
    priceFen: text,
    durationDays: whole,
    quality: text,
    effectiveAt: text,
    filed: nullable(Type.Object({ number: text, at: text })),
  }),
  async load({ tx, lot }) {
    const contract = await contractOf(tx, lot.id);
    if (!contract?.effectiveAt) return undefined;
    const { terms, state, effectiveAt, filed } = contract;
    const contractor = await getOrganisation(tx, terms.contractor);
    return {
      state,
      contractorName: contractor.name,
      priceFen: terms.priceFen,
      durationDays: terms.durationDays,
      quality: terms.quality,
      effectiveAt,
      filed,
    };
  },
});

export const contractTextRead = read({
  path: "/lots/:lotId/contract/text",
  title: "合同文本",
  group: "contract.text",
  response: Type.Object({
    state: text,
    termsDigest: text,
    terms: Type.Object({
      priceFen: text,
      durationDays: whole,
      quality: text,
      managerName: text,
      managerCertificate: text,
      securityFen: text,
      securityForm: text,
      paymentTerms: text,
      otherTerms: text,
      documentVersion: whole,
      documentSha256: text,
      bidDigest: text,
      subcontracts: Type.Array(Type.Object({ part: text, isMainOrKey: Type.Boolean(), consented: Type.Boolean() })),
    }),
    signatures: Type.Array(Type.Object({ organisation: text, at: text, act: text })),
    effectiveAt: maybe,
    secured: nullable(Type.Object({ form: text, amountFen: text, reference: text, at: text })),
    filed: nullable(Type.Object({ number: text, at: text })),
  }),
  async load({ tx, lot, actor }) {
    const contract = await contractOf(tx, lot.id);
    // A bidder reads the contract only when it is its own.
    if (!contract || (actor?.role === "bidder" && actor.organisationId !== contract.terms.contractor)) return undefined;
    const { state, termsDigest, terms, signatures, effectiveAt, secured, filed } = contract;
    return {
      state,
      termsDigest,
      terms: { ...terms, subcontracts: [...terms.subcontracts] },
      signatures: signatures.map(({ organisation, at, act }) => ({ organisation, at, act })),
      effectiveAt,
      secured,
      filed,
    };
  },
});

export const contractReads: readonly Read[] = [contractRead, contractTextRead];
