/**
 * The sandbox: `npm start` begins here. It starts the outside world and the server as processes, drives
 * clock and simulators, and on the first start builds the city by running commands. The platform
 * never knocks at its doors but to tell the time.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { hex } from "../../formats/bytes.ts";
import { joinKeyId } from "../../server/app/committee-pool.ts";
import { openKeyFolder } from "../../server/app/platform-keys.ts";
import type { Enrolment } from "../../server/identity/index.ts";
import { newId } from "../../server/kernel/index.ts";
import { machineClock, machineRandom } from "../../server/runtime/clock/clock.ts";
import { type Simulators, startSimulators } from "../../simulators/start.ts";
import { founderWish } from "../city/city.ts";
import { type EnrolmentWish, enrolmentFor, sandboxTrust } from "../driver/enrolment.ts";
import { startEvidenceSide } from "../driver/evidence-side.ts";
import { StoryWorld } from "../driver/story-world.ts";
import { buildCity } from "./build-city.ts";
import { openClockDoor } from "./clock-door.ts";
import { ServerEnded, startServer } from "./server-process.ts";
import { welcomeExperts } from "./welcome-experts.ts";

const repository = resolve(import.meta.dirname, "../..");
const home = resolve(process.env.EGRET_HOME ?? join(repository, ".egret"));
const port = process.env.PORT ?? "8630";
const clockFile = join(home, "clock.json");
const firstInstant = "2026-11-02T00:00:00.000Z";
const builtMark = join(home, "city-built.json");

export async function runSandbox(): Promise<void> {
  mkdirSync(home, { recursive: true });
  const environment = { ...process.env, EGRET_HOME: home, PORT: port, EGRET_SANDBOX_START: firstInstant };
  const origins = [`http://localhost:${port}`, `http://127.0.0.1:${port}`];
  const { keys, joinKey } = await openKeyFolder(join(home, "keys"), machineRandom);
  const simulators = await startSimulators({
    home: join(home, "outside"),
    receiptKey: keys.receiptKey,
    clock: clockNow(),
    portalOrigins: origins,
    joinKey: { id: joinKeyId, key: hex(joinKey) },
  });
  const evidence = await startEvidenceSide({ home, random: machineRandom, clock: clockNow() });
  const clockDoor = await openClockDoor([simulators, evidence]);
  const closing: (() => unknown)[] = [() => clockDoor.close(), () => evidence.stop(), () => simulators.stop()];
  const end = async (code: number) => {
    for (const close of closing.splice(0).reverse()) await close();
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void end(0));
  try {
    const founder = await founderFile(simulators);
    const server = await startServer({
      ...environment,
      ...addressesOf(simulators),
      EGRET_WITNESSES: join(home, "witnesses.json"),
      EGRET_CHAIN: join(home, "chain-access.json"),
      EGRET_CLOCK_FOLLOWER: clockDoor.url,
      EGRET_FOUNDER: founder.path,
      EGRET_TRUST: await trustFile(simulators),
    });
    closing.push(() => server.stop());
    void server.ended.then(end);
    await simulators.registerPlatform(server.peer);
    console.log(`\n  鹭易 · 一网交易（沙箱）  ${server.url}\n`);
    const world = new StoryWorld({ url: server.url, simulators, random: machineRandom, commandRandom: machineRandom });
    await world.settle();
    await world.know(founder.wish);
    if (!existsSync(builtMark)) await build(world, server.url);
    closing.push(welcomeExperts(world, join(home, "experts.json"), (error) => console.error(error)));
  } catch (error) {
    if (!(error instanceof ServerEnded)) console.error(error);
    await end(1);
  }
}

/** Where the sandbox's time stopped, so that nobody outside runs ahead or back. */
function clockNow() {
  const kept = existsSync(clockFile) ? (JSON.parse(readFileSync(clockFile, "utf8")) as { now: string }) : undefined;
  return { anchorReal: new Date(machineClock.now()).toISOString(), anchorVirtual: kept?.now ?? firstInstant, tempo: 0 };
}

function addressesOf(simulators: Simulators): NodeJS.ProcessEnv {
  return {
    EGRET_KEEPER_URL: simulators.keyKeeper,
    EGRET_KEEPER_TOKEN: simulators.keyKeeperToken,
    EGRET_WALLET_URL: simulators.wallet,
    EGRET_SEALS_URL: simulators.seals.url,
    EGRET_SEALS_TOKEN: simulators.seals.token,
    EGRET_PEERS: join(home, "outside", "peers.json"),
  };
}

interface Founder {
  path: string;
  wish: EnrolmentWish;
}

/** The founder's enrolment, made once; its keys lie in the wallet. */
async function founderFile(simulators: Simulators): Promise<Founder> {
  const path = join(home, "founder.json");
  if (!existsSync(path)) {
    const fresh = founderWish((noun) => newId(noun, Date.parse(firstInstant), machineRandom));
    writeFileSync(path, JSON.stringify(await enrolmentFor(fresh, (person) => simulators.walletDoor("persons", person))));
  }
  const { organisation, people } = JSON.parse(readFileSync(path, "utf8")) as Enrolment;
  return { path, wish: { organisation, people: people.map((person) => ({ ...person, key: "registrar" })) } };
}

/** The first trust list; written anew at each start, read by the server at its founding only. */
async function trustFile(simulators: Simulators): Promise<string> {
  const path = join(home, "trust.json");
  writeFileSync(path, JSON.stringify(await sandboxTrust(simulators)));
  return path;
}

async function build(world: StoryWorld, url: string): Promise<void> {
  console.log("  首次启动：正在由命令建立沙箱城市，门户已可打开 …");
  const started = machineClock.now();
  await buildCity(world, (words) => console.log(`  · ${words}`));
  writeFileSync(builtMark, JSON.stringify({ builtInMs: machineClock.now() - started }));
  console.log(`  沙箱城市已建成（${Math.round((machineClock.now() - started) / 1000)} 秒）。打开 ${url}/sandbox 选择身份。\n`);
}

await runSandbox();
