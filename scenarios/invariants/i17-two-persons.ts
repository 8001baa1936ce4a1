/** I17: what two must will together has two distinct persons of different sides behind it. */
import type { PlacedEvent } from "../../server/record/index.ts";
import { byStream, type Finding, type Scanned } from "./finding.ts";

export async function scan({ events }: Scanned): Promise<Finding[]> {
  const find =
    (where: string) =>
    (words: string): Finding => ({ invariant: "I17", where, words });
  return [...byStream(events)].flatMap(([stream, own]) => {
    if (stream.startsWith("dep_")) return makerAndChecker(own).map(find(stream));
    if (stream.startsWith("opn_")) return consents(own).map(find(stream));
    if (stream.startsWith("drw_")) return operator(own).map(find(stream));
    return stream.startsWith("con_") ? signatories(own).map(find(stream)) : [];
  });
}

/** 会计法 第二十五条: who orders a refund does not approve it. */
function makerAndChecker(own: readonly PlacedEvent[]): string[] {
  return own
    .filter(({ type }) => type === "dep.releaseApproved")
    .flatMap((approved) => {
      const ordered = own.findLast(
        ({ type, data, version }) => type === "dep.releaseOrdered" && data.orderId === approved.data.orderId && version < approved.version,
      );
      if (!ordered) return [`${approved.data.orderId} was approved and never ordered`];
      return ordered.actor === approved.actor || ordered.data.makerKey === approved.data.checkerKey
        ? [`${approved.data.orderId} was ordered and approved by one person`]
        : [];
    });
}

const together: Readonly<Record<string, string>> = {
  "opn.extended": "extend",
  "opn.paused": "pause",
  "opn.resumed": "resume",
  "opn.missingJudged": "judgeMissing",
};

function consents(own: readonly PlacedEvent[]): string[] {
  return own.flatMap((event, place) => {
    const command = together[event.type];
    if (!command) return [];
    const said = own
      .slice(0, place)
      .filter(
        ({ type, data }) =>
          type === "opn.consented" && data.wish.command === command && (data.wish.bidDigest ?? null) === (event.data.bidDigest ?? null),
      );
    const people = new Set(said.map(({ actor }) => actor));
    const sides = new Set(said.map(({ data }) => data.side as string));
    const needed = (said.at(-1)?.data.needed ?? []) as string[];
    if (people.size < 2 || sides.size < 2 || needed.some((side) => !sides.has(side)))
      return [`${event.type} by ${people.size} persons of ${[...sides].join(", ") || "no side"}`];
    return [];
  });
}

function operator(own: readonly PlacedEvent[]): string[] {
  const prepared = own.find(({ type }) => type === "drw.prepared");
  const frozen = own.find(({ type }) => type === "drw.frozen");
  return prepared && frozen && prepared.data.applicant === frozen.actor ? ["the applicant operated the draw"] : [];
}

function signatories(own: readonly PlacedEvent[]): string[] {
  const effective = own.findIndex(({ type }) => type === "con.effective");
  if (effective === -1) return [];
  const people = new Set(
    own
      .slice(0, effective)
      .filter(({ type }) => type === "con.signed")
      .map(({ actor }) => actor),
  );
  return people.size < 2 ? [`a contract took effect with ${people.size} signatory`] : [];
}
