/** A platform for one story alone: own database, own keys from the seed, own outside world; it runs beside a sandbox that is up. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hex } from "../../formats/bytes.ts";
import { joinKeyId } from "../../server/app/committee-pool.ts";
import type { EvidenceWish } from "../../server/app/join-evidence.ts";
import { type OpenPlatform, openPlatform } from "../../server/app/open-platform.ts";
import { passingKeys } from "../../server/app/platform-keys.ts";
import { SandboxClockFile } from "../../server/app/sandbox-clock.ts";
import type { ConnectedSystem } from "../../server/identity/index.ts";
import { newId, seededRandom } from "../../server/kernel/index.ts";
import { openDatabase } from "../../server/runtime/database/index.ts";
import { startSimulators } from "../../simulators/start.ts";
import { type EnrolmentWish, enrolmentFor, sandboxTrust } from "./enrolment.ts";
import { type EvidenceSide, startEvidenceSide } from "./evidence-side.ts";
import { StoryWorld } from "./story-world.ts";

/** A story is told in less than a minute: one head a second witnesses it as well as four. */
const storyBatchMs = 1000;
/** And a sealed act waits for its number a tenth of a second at most. */
const storyPace = { entries: 4, everyMs: 100 };

export interface OwnPlatformWish {
  /** Names the database; two stories at once have two. */
  name: string;
  seed: number;
  /** First instant of trade time. */
  start: string;
  /** Folder of the embedded database. */
  home: string;
  /** How long certificates are valid, when the story lasts longer than the usual 90 days. */
  certificateDays?: number;
  portal?: string;
  /** Systems that use the platform's sign-in. */
  systems?: readonly ConnectedSystem[];
  /** With the evidence log, its four witnesses and the chain of the sandbox; and what of it differs from the usual. */
  evidence?: Partial<EvidenceWish>;
  /** Who founds the platform and enrols everybody else; known to the story as `registrar`. */
  founder: (newId: (noun: "org" | "per") => string) => EnrolmentWish;
}

export interface OwnPlatform {
  world: StoryWorld;
  platform: OpenPlatform;
  /** Witnesses and chain, when the story has them. */
  evidence: EvidenceSide | undefined;
  /** For programs that are pointed at a house: `EGRET_HOME` and `DATABASE_URL`. */
  home: string;
  databaseUrl: string;
  close(): Promise<void>;
}

export async function openOwnPlatform(wish: OwnPlatformWish): Promise<OwnPlatform> {
  const random = seededRandom(wish.seed);
  const folder = await mkdtemp(join(tmpdir(), `egret-story-${wish.name}-`));
  const clock = new SandboxClockFile(undefined, wish.start);
  const keys = passingKeys(random.fork("platform keys"));
  const simulators = await startSimulators({
    home: join(folder, "outside"),
    receiptKey: keys.keys.receiptKey,
    clock: clock.push(),
    seed: wish.seed,
    certificateDays: wish.certificateDays,
    joinKey: { id: joinKeyId, key: hex(keys.joinKey) },
  });
  const database = await openDatabase({
    home: wish.home,
    name: `story_${wish.name.replaceAll("-", "_")}_${process.pid}`,
    url: process.env.DATABASE_URL,
  });
  const evidence =
    wish.evidence &&
    (await startEvidenceSide({
      home: folder,
      random: random.fork("witnesses"),
      clock: clock.push(),
      wish: { batchMs: storyBatchMs, pace: { quiet: storyPace, beforeDeadline: storyPace }, ...wish.evidence },
    }));
  await clock.follow(async (push) => evidence?.setClock(push));
  const founder = wish.founder((noun) => newId(noun, Date.parse(wish.start), random));
  const platform = await openPlatform({
    databaseUrl: database.url,
    home: join(folder, "platform"),
    keys,
    random: random.fork("house"),
    keeper: { url: simulators.keyKeeper as string, token: simulators.keyKeeperToken as string },
    sandbox: clock,
    walletUrl: simulators.wallet,
    seals: simulators.seals,
    clockFollower: undefined,
    outside: { peers: simulators.peers },
    portal: wish.portal,
    host: "127.0.0.1",
    port: 0,
    founder: await enrolmentFor(founder, (person) => simulators.walletDoor("persons", person)),
    trust: await sandboxTrust(simulators),
    systems: wish.systems,
    ...(evidence && { evidence: evidence.wish }),
    onFault: (error) => console.error("fault", error),
  });
  await clock.follow((push) => simulators.setClock(push));
  await simulators.registerPlatform(platform.ownRow);
  // A page served by this platform may load the keys of whoever it becomes.
  if (wish.portal) await simulators.walletDoor("settings", { portalOrigins: [platform.url] });
  const world = new StoryWorld({ url: platform.url, simulators, random: random.fork("story"), commandRandom: random.fork("commands") });
  await world.settle();
  await world.know(founder);
  return {
    world,
    platform,
    evidence,
    home: folder,
    databaseUrl: database.url,
    async close() {
      await platform.close();
      await evidence?.stop();
      await simulators.stop();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
