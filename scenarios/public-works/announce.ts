/** Chapter 1: project, admission, document with its declared floor, opening key, notice; every bidder takes the document. */
import { runLotCeremony } from "../driver/make-ceremony.ts";
import { agent, buyer, centre, members } from "./cast.ts";
import type { Replay } from "./replay.ts";
import { admissionOf, content, noticeOf, projectOf, termsOf } from "./tender-terms.ts";

export async function announce(replay: Replay): Promise<void> {
  const { world, tender, times, parties, random } = replay;
  const { projectId } = await world.as(buyer).done("prj.register", null, projectOf(tender));
  const admission = admissionOf(tender, { projectId, parties, noticeOn: times.noticeOn });
  const { admissionId } = await world.as(agent).done("adm.submit", null, { admissionId: null, admission });
  const { lotIds } = await world.as(centre).done("adm.check", null, { admissionId });
  const lotId = lotIds[0] as string;
  replay.lotId = lotId;
  await world.as(agent).done("doc.issue", lotId, {
    terms: termsOf(tender, times),
    content,
    files: [],
    fairCompetitionReview: { recordNumber: `重演-${tender.tender}`, reviewedOn: times.noticeOn },
    acknowledged: [],
  });
  replay.shares = await runLotCeremony(
    world.as(centre),
    members.map((key) => world.as(key)),
    { lotId, random: random.fork("ceremony") },
  );
  await world.as(agent).done("ntc.sign", lotId, noticeOf(tender, times));
  await world.as(agent).done("ntc.publish", lotId, { acknowledged: [] });
  for (const { party } of tender.bids) await world.as(party).done("doc.take", lotId, { version: 1 });
}
