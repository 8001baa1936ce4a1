/** Who takes part in the replays: the city's buyer, agent, centre and authority, and the file's bidders, who are numbers. */
import { hex } from "../../formats/bytes.ts";
import { sha256 } from "../../formats/jcs.ts";
import { cast as cityCast, enrolCity } from "../construction-open/prepare.ts";
import type { EnrolmentWish } from "../driver/enrolment.ts";
import { madeUpCreditCode } from "../driver/made-up-code.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import type { ForeignTender } from "./read-tenders.ts";

export const { buyer, representative, agent, centre, centreMember, drawOperator, archivist, supervisor } = cityCast;

/** Members of the opening key, in the order of the ceremony. */
export const members = [buyer, centreMember, supervisor] as const;

export interface Parties {
  agent: string;
  centre: string;
  supervisor: string;
}

/** Enrols the hosts once for all tenders. */
export async function enrolHosts(world: StoryWorld): Promise<Parties> {
  const ids = await enrolCity(world, ["centre-01", "authority-01", "buyer-01", "agent-01"]);
  return { agent: ids.get("agent-01") as string, centre: ids.get("centre-01") as string, supervisor: ids.get("authority-01") as string };
}

/** Enrols every party of these tenders once. Its key in the story is its name in the file. */
export async function enrolBidders(world: StoryWorld, tenders: readonly ForeignTender[]): Promise<number> {
  const parties = new Set(tenders.flatMap(({ bids }) => bids.map(({ party }) => party)));
  await world.enrolAll([...parties].map((party) => bidderNamed(world, party)));
  return parties.size;
}

function bidderNamed(world: StoryWorld, party: string): EnrolmentWish {
  return {
    organisation: {
      id: world.newId("org"),
      creditCode: creditCode(party),
      name: party,
      roles: ["bidder"],
      regionCode: "350200",
      sector: null,
      profile: { origin: "replay-foreign" },
    },
    people: [
      {
        key: party,
        id: world.newId("per"),
        details: { name: `${party} 代表`, phone: "0592-000 0000", title: "投标代表" },
        roles: ["bidder"],
      },
    ],
  };
}

/** Made up, and seen to be: the file knows its bidders by numbers only. */
function creditCode(party: string): string {
  return madeUpCreditCode(`91350200${hex(sha256(party)).slice(0, 9).toUpperCase()}`);
}
