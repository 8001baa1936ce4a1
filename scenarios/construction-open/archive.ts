/** Chapter 8: nothing is missing, and the archive is sealed under one root. */
import type { StoryWorld } from "../driver/story-world.ts";
import { cast } from "./prepare.ts";

export async function closeArchive(world: StoryWorld, lotId: string): Promise<void> {
  const archivist = world.as(cast.archivist);
  await archivist.done("arc.complete", lotId);
  await archivist.done("arc.seal", lotId);
}
