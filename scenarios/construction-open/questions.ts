/** Chapter 2: firms take the document, ask without a name, get their answers, and the document is amended. */
import type { StoryWorld } from "../driver/story-world.ts";
import { at } from "../driver/times.ts";
import { cast } from "./prepare.ts";
import { milestone, questions } from "./tender-package.ts";

/** Seven firms take the document; five go on to bid. */
const takers = [...cast.bidders, "person-040", "person-042"];

export async function askAndAmend(world: StoryWorld, lotId: string): Promise<void> {
  await world.jumpTo(at("2026-11-13", "10:00"));
  for (const taker of takers) await world.as(taker).done("doc.take", lotId, { version: 1 });
  await world.jumpTo(at("2026-11-16", "15:00"));
  const asked: string[] = [];
  for (const [index, { text }] of questions.questions.entries()) {
    const { questionId } = await world.as(takers[index % takers.length] as string).done("que.ask", lotId, { text });
    asked.push(questionId);
  }
  await world.jumpTo(milestone("amendmentSent"));
  await amend(world, lotId);
  for (const [index, questionId] of asked.entries()) {
    const { answer } = questions.questions[index] as { answer: string };
    await world.as(cast.agent).done("que.answer", lotId, { questionId, text: answer, inDocVersion: 2 });
  }
}

async function amend(world: StoryWorld, lotId: string): Promise<void> {
  const [clarification] = questions.clarifications;
  if (!clarification) throw new Error("the package has a clarification");
  await world.as(cast.agent).done("doc.amend", lotId, {
    title: clarification.title,
    reason: clarification.reason,
    affectsBids: clarification.affectsBids,
    changes: clarification.changes,
    terms: {},
    content: null,
    files: null,
    newBidDeadlineAt: null,
    acknowledged: [],
  });
}
