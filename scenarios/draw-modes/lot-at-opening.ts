/**
 * A lot that stands at its opening, with three attending bidders and a coefficient still to be drawn: the ground of the
 * stories `draw-beacon` and `draw-recovery`. Content is that of the city's first tender; only its dates are other ones.
 */
import { utf8 } from "../../formats/bytes.ts";
import type { SuiteId } from "../../formats/seal/index.ts";
import type { SeededRandom } from "../../server/kernel/index.ts";
import { cast, enrolCity } from "../construction-open/prepare.ts";
import { content, lotForm, noticeData, project, terms } from "../construction-open/tender-package.ts";
import { runLotCeremony } from "../driver/make-ceremony.ts";
import type { OpeningCast } from "../driver/release-keys.ts";
import { type BidFile, sealAndSubmit } from "../driver/seal-bid.ts";
import type { StoryPerson } from "../driver/story-person.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import { at } from "../driver/times.ts";

export interface LotDays {
  /** Day of the notice, at least twenty days before the opening. */
  noticeOn: string;
  offerEndOn: string;
  questionEndOn: string;
  openingOn: string;
}

export interface LotAtOpening {
  lotId: string;
  bidders: StoryPerson[];
  opening: OpeningCast;
}

const bidderKeys = cast.bidders.slice(0, 3);
const organisationIds = ["centre-01", "authority-01", "buyer-01", "agent-01", "firm-01", "firm-02", "firm-03"];

/** The evening of the opening day: bids are opened at 18:30, the coefficient is drawn from 18:40 on. */
const openingTime = "18:30";

/** An hour to decrypt: the coefficient is drawn before any key is frozen. */
export const windowEnd = "19:30";

export async function lotAtOpening(world: StoryWorld, days: LotDays, random: SeededRandom): Promise<LotAtOpening> {
  const organisations = await enrolCity(world, organisationIds);
  return lotOf(world, { days, organisations, bidders: bidderKeys, suite: 1 }, random);
}

export interface LotWish {
  days: LotDays;
  organisations: ReadonlyMap<string, string>;
  /** Keys of those who bid, in the order of their prices, the dearest first. */
  bidders: readonly string[];
  suite: SuiteId;
}

/** A lot of people who are enrolled: from its admission to the hour of its opening. */
export async function lotOf(
  world: StoryWorld,
  { days, organisations, bidders: keys, suite }: LotWish,
  random: SeededRandom,
): Promise<LotAtOpening> {
  const lotId = await admit(world, days, organisations);
  const members = [cast.buyer, cast.centreMember, cast.supervisor].map((key) => world.as(key));
  const agent = world.as(cast.agent);
  await world.jumpTo(at(days.noticeOn, "08:00"));
  const fairCompetitionReview = { recordNumber: "沙箱公竞审", reviewedOn: days.noticeOn };
  await agent.done("doc.issue", lotId, { terms: termsOn(days), content, files: [], fairCompetitionReview, acknowledged: [] });
  const shares = await runLotCeremony(world.as(cast.centre), members, { lotId, suite, random: random.fork("ceremony") });
  await agent.done("ntc.sign", lotId, noticeData);
  await world.jumpTo(at(days.noticeOn, "09:00"));
  await agent.done("ntc.publish", lotId, { acknowledged: [] });
  const bidders = keys.map((key) => world.as(key));
  await world.jumpTo(at(days.openingOn, "10:00"));
  for (const [i, bidder] of bidders.entries()) await sealAndSubmit(bidder, lotId, [bidForm(i)], random.fork(`bid/${i}`));
  await world.jumpTo(at(days.openingOn, openingTime));
  for (const bidder of bidders) await bidder.done("opn.attend", lotId);
  const opening = {
    lotId,
    host: agent,
    centre: world.as(cast.centre),
    bidders,
    members: members.map((person, i) => ({ person, share: shares[i] as Uint8Array })),
    random,
  };
  return { lotId, bidders, opening };
}

async function admit(world: StoryWorld, { noticeOn }: LotDays, organisations: ReadonlyMap<string, string>): Promise<string> {
  const { projectId } = await world.as(cast.buyer).done("prj.register", null, project);
  const admission = {
    projectId,
    title: lotForm.title,
    tradeClass: "A02",
    agent: organisations.get("agent-01"),
    mandateUntilOn: "2027-12-31",
    selfTenderFiling: null,
    invitedDetermination: null,
    centre: organisations.get("centre-01"),
    supervisor: organisations.get("authority-01"),
    supervisionSector: "housing",
    lots: [{ ...lotForm, plannedNoticeOn: noticeOn }],
    files: [],
  };
  const { admissionId } = await world.as(cast.agent).done("adm.submit", null, { admissionId: null, admission });
  const { lotIds } = await world.as(cast.centre).done("adm.check", null, { admissionId });
  return lotIds[0];
}

/** No deposit is asked. */
function termsOn(days: LotDays) {
  return {
    ...terms,
    offerStartAt: at(days.noticeOn, "09:00"),
    offerEndAt: at(days.offerEndOn, "17:00"),
    questionEndAt: at(days.questionEndOn, "17:00"),
    bidDeadlineAt: at(days.openingOn, openingTime),
    depositFen: "0",
    depositForms: [],
    depositValidityDays: 0,
    decryptionMinutes: 60,
  };
}

function bidForm(no: number): BidFile {
  const projectManager = { name: `项目负责人 ${no + 1}`, certificate: `沙箱注建-${no + 1}` };
  const priceFen = (BigInt(terms.ceilingFen) - BigInt(no + 1) * 100_000_000n).toString();
  const facts = { "cre-1": "A", "cre-2": "one", "cre-3": "one" };
  const form = {
    v: 1,
    priceFen,
    currency: "CNY",
    durationDays: terms.durationDays,
    quality: terms.quality,
    projectManager,
    validityDays: terms.bidValidityDays,
    depositForm: "none",
    facts,
  };
  return { name: "bid-form.json", bytes: utf8(JSON.stringify(form)) };
}
