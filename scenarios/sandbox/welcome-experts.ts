/**
 * In the sandbox nobody plays the registrar while a committee is called, so experts who said yes to the pool
 * are enrolled as they come: after that they are on the list of people whom a visitor can be.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { calledExperts, enrolExpert } from "../driver/called-experts.ts";
import { StoryStopped } from "../driver/story-person.ts";
import type { StoryWorld } from "../driver/story-world.ts";

const lookEveryMs = 1000;

/** @param file remembers over restarts who is enrolled. @returns the end of it; awaits what is on its way. */
export function welcomeExperts(world: StoryWorld, file: string, onFault: (error: unknown) => void): () => Promise<void> {
  const welcomed = new Set<string>(existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as string[]) : []);
  let isOpen = true;
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    for (const expert of await calledExperts(world)) {
      if (!isOpen || welcomed.has(expert.memberId)) continue;
      await enrolExpert(world, expert).catch(unlessEnrolled);
      welcomed.add(expert.memberId);
      writeFileSync(file, JSON.stringify([...welcomed]));
    }
  };
  let round = Promise.resolve();
  const next = () => {
    timer = setTimeout(() => {
      round = look()
        .catch((error) => isOpen && onFault(error))
        .then(() => isOpen && next())
        .then(() => {});
    }, lookEveryMs);
  };
  next();
  return async () => {
    isOpen = false;
    clearTimeout(timer);
    await round;
  };
}

/** Enrolled just before the sandbox ended, and not yet remembered. */
function unlessEnrolled(error: unknown): void {
  if (!(error instanceof StoryStopped) || error.problem?.code !== "identity.already-enrolled") throw error;
}
