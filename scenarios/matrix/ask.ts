/** Asks one read route as one reader, over HTTP: the status and the body as it leaves the house. */
import type { StoryWorld } from "../driver/story-world.ts";
import type { Reader, Readers } from "./readers.ts";

export interface Reply {
  status: number;
  text: string;
}

export async function ask(world: StoryWorld, readers: Readers, { reader, path }: { reader: Reader; path: string }): Promise<Reply> {
  const key = readers[reader];
  const person = key === undefined ? undefined : world.as(key);
  const headers: Record<string, string> = person
    ? { authorization: `Bearer ${person.token}`, "egret-membership": person.membershipId }
    : {};
  const answer = await fetch(`${world.url}/api/v1${path}`, { headers });
  return { status: answer.status, text: await answer.text() };
}

/** Ids that routes need, as the trade shows them at this stage to somebody who may know them; made-up ones before. */
export async function placesOf(world: StoryWorld, readers: Readers, lotId: string): Promise<Record<string, string>> {
  const json = async (reader: Reader, path: string) => {
    const { status, text } = await ask(world, readers, { reader, path });
    return status === 200 ? JSON.parse(text) : undefined;
  };
  const draws = await json("centre", `/lots/${lotId}/draws`);
  const board = await json("centre", `/lots/${lotId}/opening`);
  const projects = await json("buyer", "/projects");
  const admissions = await json("buyer", "/admissions");
  return {
    lotId,
    drawId: draws?.items?.[0]?.drawId ?? draws?.draws?.[0]?.drawId ?? "drw_none",
    bidDigest: board?.bids?.find((bid: { status: string }) => bid.status !== "revoked")?.bidDigest ?? "0".repeat(64),
    name: "bid-form.json",
    projectId: projects?.items?.[0]?.projectId ?? "prj_none",
    admissionId: admissions?.items?.[0]?.admissionId ?? "adm_none",
  };
}

export function fill(path: string, places: Readonly<Record<string, string>>): string {
  return path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(places[name] ?? "none"));
}
