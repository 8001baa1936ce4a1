/** A whole world for a story with crashes: database and outside world stay up, the server dies where the list says. */
import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hex } from "../../formats/bytes.ts";
import { joinKeyId } from "../../server/app/committee-pool.ts";
import { openKeyFolder } from "../../server/app/platform-keys.ts";
import { newId, type SeededRandom, seededRandom } from "../../server/kernel/index.ts";
import type { Pool } from "../../server/runtime/database/index.ts";
import { testDatabase } from "../../server/runtime/database/test-database.ts";
import { type Simulators, startSimulators } from "../../simulators/start.ts";
import { founderWish } from "../city/city.ts";
import { enrolmentFor, sandboxTrust } from "../driver/enrolment.ts";
import { type EvidenceSide, startEvidenceSide, witnessNames } from "../driver/evidence-side.ts";
import { StoryWorld } from "../driver/story-world.ts";
import { openClockDoor } from "../sandbox/clock-door.ts";
import { receiptKeyOf } from "../sandbox/server-process.ts";
import { ClientMemory } from "./client-memory.ts";
import { MortalServer } from "./mortal-server.ts";

export interface CrashWorld {
  world: StoryWorld;
  memory: ClientMemory;
  server: MortalServer;
  pool: Pool;
  /** Folder of the platform: keys, files. */
  home: string;
  receiptKey: string;
  databaseUrl: string;
  close(): Promise<void>;
}

const firstInstant = "2026-11-02T00:00:00.000Z";

/** @param afterDeath is asked after each death, while the platform is down: what does the database hold? */
export async function openCrashWorld(
  places: readonly string[],
  afterDeath: (pool: Pool, place: string) => Promise<void>,
  seed = 1,
): Promise<CrashWorld> {
  const random = seededRandom(seed);
  const home = await mkdtemp(join(tmpdir(), "egret-crash-"));
  // An empty database: the server migrates it itself, and may die at it.
  const database = await testDatabase([]);
  const environment = {
    ...process.env,
    EGRET_HOME: home,
    DATABASE_URL: database.url,
    PORT: String(await freePort()),
    EGRET_SANDBOX_START: firstInstant,
  };
  const receiptKey = await receiptKeyOf(environment);
  const { joinKey } = await openKeyFolder(join(home, "keys"), random);
  const simulators = await startSimulators({
    home: join(home, "outside"),
    receiptKey,
    clock: { anchorReal: firstInstant, anchorVirtual: firstInstant, tempo: 0 },
    seed,
    joinKey: { id: joinKeyId, key: hex(joinKey) },
  });
  const evidence = await startEvidenceSide({
    home,
    random: random.fork("witnesses"),
    clock: { anchorReal: firstInstant, anchorVirtual: firstInstant, tempo: 0 },
  });
  const door = await openClockDoor([simulators, evidence]);
  const { founder, addresses } = await filesFor(simulators, home, random);
  const server = new MortalServer({ ...environment, ...addresses, EGRET_CLOCK_FOLLOWER: door.url }, places, async (place) => {
    await afterDeath(database.pool, place);
    await fellOneWitness(evidence, server.deaths.length);
  });
  const memory = new ClientMemory(() => server.back());
  const close = async () => {
    await server.stop();
    await simulators.stop();
    await evidence.stop();
    door.close();
    await database.drop();
    await rm(home, { recursive: true, force: true });
  };
  try {
    await server.start();
    await simulators.registerPlatform(server.server.peer);
    const world = new StoryWorld({
      url: server.server.url,
      simulators,
      random: random.fork("story"),
      commandRandom: random.fork("commands"),
      send: memory.send,
      // Others repeat what did not arrive after ever longer pauses.
      patienceMs: 90_000,
    });
    await world.settle();
    await world.know(founder);
    return { world, memory, server, pool: database.pool, home, receiptKey, databaseUrl: database.url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What the server is started with: founder, trust list, and where everybody outside is. */
async function filesFor(simulators: Simulators, home: string, random: SeededRandom) {
  const founder = founderWish((noun) => newId(noun, Date.parse(firstInstant), random));
  const founderFile = join(home, "founder.json");
  writeFileSync(founderFile, JSON.stringify(await enrolmentFor(founder, (person) => simulators.walletDoor("persons", person))));
  const trustFile = join(home, "trust.json");
  writeFileSync(trustFile, JSON.stringify(await sandboxTrust(simulators)));
  const addresses = {
    EGRET_FOUNDER: founderFile,
    EGRET_TRUST: trustFile,
    EGRET_KEEPER_URL: simulators.keyKeeper,
    EGRET_KEEPER_TOKEN: simulators.keyKeeperToken,
    EGRET_WALLET_URL: simulators.wallet,
    EGRET_PEERS: join(home, "outside", "peers.json"),
    EGRET_WITNESSES: join(home, "witnesses.json"),
    EGRET_CHAIN: join(home, "chain-access.json"),
    EGRET_PACE: "4/100",
  };
  return { founder, addresses };
}

/** With each death of the server a witness dies too, one after the other, and comes back with what it remembers. */
async function fellOneWitness({ witnesses }: EvidenceSide, deaths: number): Promise<void> {
  const name = witnessNames[deaths % witnessNames.length] as string;
  await witnesses.kill(name);
  await witnesses.restart(name);
}

/** The address stays the same over all lives, so it is chosen beforehand. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, "127.0.0.1", listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}
