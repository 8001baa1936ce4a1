/** Everybody who looks at one lot: its parties, and for each of them somebody of the same role who has no part in it. */
import { enrolmentWish } from "../city/city.ts";
import { cast, enrolCity } from "../construction-open/prepare.ts";
import type { StoryWorld } from "../driver/story-world.ts";

export const readerNames = [
  "public",
  "bidder",
  "otherBidder",
  "buyer",
  "otherBuyer",
  "agent",
  "otherAgent",
  "centre",
  "drawOperator",
  "archivist",
  "cashier",
  "supervisor",
  "otherSupervisor",
  "expert",
  "otherExpert",
  "guarantor",
  "registrar",
] as const;

export type Reader = (typeof readerNames)[number];

/** The story's person behind each reader; nobody for the public, and no expert before the committee is seated. */
export type Readers = Readonly<Partial<Record<Reader, string>>>;

export async function enrolReaders(world: StoryWorld): Promise<{ organisations: ReadonlyMap<string, string>; readers: Readers }> {
  const organisations = await enrolCity(world);
  for (const id of ["buyer-02", "agent-02", "authority-02"]) {
    const { organisationId } = await world.enrol(enrolmentWish(id, (noun) => world.newId(noun)));
    organisations.set(id, organisationId);
  }
  return { organisations, readers: readersOf() };
}

function readersOf(): Readers {
  const first = (id: string, role: string) => enrolmentWish(id, () => "x").people.find(({ roles }) => roles[0] === role)?.key as string;
  const sitter = enrolmentWish("buyer-02", () => "x").people.find(({ roles }) => roles.includes("expert"));
  return {
    bidder: cast.bidders[0],
    otherBidder: first("firm-06", "bidder"),
    buyer: cast.buyer,
    otherBuyer: first("buyer-02", "buyer"),
    agent: cast.agent,
    otherAgent: first("agent-02", "agent"),
    centre: cast.centre,
    drawOperator: cast.drawOperator,
    archivist: cast.archivist,
    cashier: cast.cashier,
    supervisor: cast.supervisor,
    otherSupervisor: first("authority-02", "supervisor"),
    otherExpert: sitter && `${sitter.key}/expert`,
    guarantor: cast.guarantors["3"],
    registrar: "registrar",
  };
}
