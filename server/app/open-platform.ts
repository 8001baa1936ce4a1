/**
 * Opens a whole platform over one database: keys, keeper, files, house, edge. `main.ts` opens one for
 * people; stories open one of their own, on a seed and a clock that only they move.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import type Provider from "oidc-provider";
import type { Peer } from "../../formats/exchange/index.ts";
import { type Evidence, type FillerBook, refusalOfStanding } from "../evidence/index.ts";
import { CertificateStatusAdapter, type SealOfficeAddress, sealOfficeAdapter } from "../exchange/index.ts";
import {
  type ConnectedSystem,
  connectedSystems,
  type Enrolment,
  hasTrustList,
  type IssuerWish,
  linkInto,
  makeIssuer,
  signOutEverywhere,
  type TrustRow,
  trustRowsAt,
} from "../identity/index.ts";
import type { Clock, Random } from "../kernel/index.ts";
import { guardGrid } from "../kinds/index.ts";
import { machineClock, machineRandom } from "../runtime/clock/clock.ts";
import { HouseError, migrate, openPool, type Pool } from "../runtime/database/index.ts";
import { DiskFiles } from "../runtime/files/file-store.ts";
import { KeyKeeperClient } from "../trade/bidding/index.ts";
import type { Platform, Procedure } from "../trade/transaction/index.ts";
import { found } from "./founding.ts";
import { TradingHouse } from "./house.ts";
import { buildEdge } from "./http.ts";
import { type EvidenceWish, joinEvidence, paceOf } from "./join-evidence.ts";
import { connectOutside, type Outside, type OutsideWish } from "./outside.ts";
import type { KeyFolder } from "./platform-keys.ts";
import type { Issuer } from "./routes/issuer.ts";
import type { ClockPush, SandboxClockFile } from "./sandbox-clock.ts";
import { procedureNamed } from "./stages.ts";

export interface PlatformWish {
  databaseUrl: string;
  /** Folder for files of this platform. */
  home: string;
  keys: KeyFolder;
  random: Random;
  keeper: { url: string; token: string };
  /** Present in a sandbox; without it trade time is the machine's. */
  sandbox: SandboxClockFile | undefined;
  walletUrl: string | undefined;
  /** A door of the sandbox's driver that is told of every change of the clock, before what is due happens. */
  clockFollower: string | undefined;
  outside: OutsideWish;
  portal: string | undefined;
  host: string;
  port: number;
  founder: Enrolment | undefined;
  /** The first trust list, written at founding; production is not founded without one. */
  trust?: readonly TrustRow[];
  /** Where people reach us; a sandbox has none and answers on names of this machine. */
  origin?: string;
  /** Systems that use our sign-in; without any there is no issuer. */
  systems?: readonly ConnectedSystem[];
  /** Without it no event is logged outside the record. */
  evidence?: EvidenceWish;
  /** Where the seals of organisations are kept. Without it papers carry none, and say so. */
  seals?: SealOfficeAddress;
  onFault: (error: unknown) => void;
}

export interface OpenPlatform {
  url: string;
  house: TradingHouse;
  edge: FastifyInstance;
  evidence: Evidence | undefined;
  /** Our row for the peer files of outside systems. */
  ownRow: Peer;
  /** Resolves when nothing is on its way any more, inside or to and from the outside: for stories. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

const oneServerLock = 7_271_003;

export async function openPlatform(wish: PlatformWish): Promise<OpenPlatform> {
  guardGrid();
  await migrate(wish.databaseUrl);
  const lock = await takeServerLock(wish);
  await mkdir(wish.home, { recursive: true, mode: 0o700 });
  const keeper = new KeyKeeperClient(wish.keeper.url, wish.keeper.token);
  await wish.sandbox?.follow((push) => keeper.followClock(push)).catch(keeperGone);
  if (wish.clockFollower) await wish.sandbox?.follow((push) => tellFollower(wish.clockFollower as string, push));
  const clock = wish.sandbox?.clock ?? machineClock;
  const platform = platformOf(wish, keeper);
  const outsidePool = openPool({ url: wish.databaseUrl, max: 4, onError: wish.onFault });
  const certificates = await certificatesFor(wish, outsidePool, clock);
  const outside = connectOutside(
    { ...wish.outside, statusChanged: () => certificates?.forgetLists() },
    { ...wish.keys, random: machineRandom, now: () => clock.now() },
    outsidePool,
    wish.onFault,
  );
  const pace = wish.evidence && (await paceOf(wish.evidence, clock));
  // Joined after the house has started; until then nothing speaks against any act.
  const joined: { log?: Evidence } = {};
  const house = new TradingHouse({
    databaseUrl: wish.databaseUrl,
    clock,
    random: wish.random,
    platform,
    answerSecret: wish.keys.answerSecret,
    stages: outside.stages,
    assumedCalendar: wish.sandbox !== undefined,
    certificates,
    ...(pace && { pace }),
    halted: (act) => joined.log && refusalOfStanding(joined.log.standing, act),
    onFault: wish.onFault,
  });
  if (wish.founder) await found(house, wish.founder, clock.now(), wish.trust);
  await house.start();
  const evidence = await evidenceFor(wish, house, pace?.fillers);
  if (evidence) joined.log = evidence.log;
  const settle = () => settleAll(house, outside);
  const issuer = issuerFor(wish, house, () => edge);
  const edge: FastifyInstance = await buildEdge({
    house,
    portal: wish.portal,
    origin: wish.origin,
    issuer,
    sandbox: sandboxControl(wish, settle),
    ...(evidence && { evidence: evidence.log }),
    ...(wish.seals && { seals: sealOfficeAdapter(wish.seals) }),
    onFault: wish.onFault,
  });
  outside.open(edge, house);
  const url = await listen(edge, wish);
  return {
    url,
    house,
    edge,
    evidence: evidence?.log,
    ownRow: outside.ownRow(`${url}/exchange`),
    settle,
    async close() {
      await edge.close();
      await outside.close();
      await evidence?.close();
      await house.stop();
      await outsidePool.end();
      wish.sandbox?.keep();
      await lock.end();
    },
  };
}

function platformOf({ home, sandbox, random, keys: { keys } }: PlatformWish, keeper: KeyKeeperClient): Platform {
  const isSandbox = sandbox !== undefined;
  const files = new DiskFiles(join(home, "files"));
  return { sandbox: isSandbox, random, keys, keeper, files, procedure: (id) => procedureFor(id, isSandbox) };
}

/** One server process at a time (decisions §6): the lock is held by a connection of its own. */
async function takeServerLock({ databaseUrl, onFault }: PlatformWish): Promise<Pool> {
  const lock = openPool({ url: databaseUrl, max: 1, onError: onFault });
  const { rows } = await lock.query<{ free: boolean }>("SELECT pg_try_advisory_lock($1) AS free", [oneServerLock]);
  if (rows[0]?.free) return lock;
  await lock.end();
  throw new HouseError("second-server", "Another server already runs on this database. Stop it first.");
}

async function evidenceFor({ databaseUrl, home, evidence, onFault }: PlatformWish, house: TradingHouse, fillers: FillerBook | undefined) {
  if (!evidence) return undefined;
  const pool = openPool({ url: databaseUrl, max: 4, onError: onFault });
  const { numberer, views, clock } = house;
  const log = await joinEvidence(evidence, { pool, numberer, views, fillers, clock, home, onFault });
  log.start();
  return {
    log,
    async close() {
      await log.stop();
      await pool.end();
    },
  };
}

/** Made at the first request, when the address is known. */
function issuerFor(wish: PlatformWish, house: TradingHouse, edge: () => FastifyInstance): Issuer {
  // Those of the operators' file, and those that two persons admitted; who stands in both counts as admitted.
  const systems = async () => {
    const admitted = await connectedSystems(house.pool);
    const isAdmitted = new Set(admitted.map(({ systemCode }) => systemCode));
    return [...(wish.systems ?? []).filter(({ systemCode }) => !isAdmitted.has(systemCode)), ...admitted];
  };
  let made: { issuing: IssuerWish; provider: Provider } | undefined;
  const opened = () => {
    if (made) return made;
    const issuing: IssuerWish = {
      issuer: `${wish.origin ?? addressOf(edge(), wish.host)}/oidc`,
      pool: house.pool,
      secret: wish.keys.answerSecret,
      systems,
      machineNow: () => machineClock.now(),
      now: () => house.clock.now(),
      sandbox: wish.sandbox !== undefined,
      interactionPath: (uid) => `/sign-in/oidc/${uid}`,
    };
    made = { issuing, provider: makeIssuer(issuing) };
    return made;
  };
  return {
    provider: () => opened().provider,
    linkInto: (target) => linkInto(opened().issuing, target),
    signOut: (personId) => signOutEverywhere(opened().provider, house.pool, personId),
  };
}

/** Certificates are judged as soon as a trust list is configured; only a sandbox may do without. */
async function certificatesFor(wish: PlatformWish, pool: Pool, clock: Clock) {
  if ((wish.trust ?? []).length === 0 && !(await hasTrustList(pool))) {
    if (wish.sandbox) return undefined;
    throw new HouseError("configuration", "Set EGRET_TRUST: without a trust list no certificate can be judged.");
  }
  const { peers } = wish.outside;
  return new CertificateStatusAdapter({
    trust: (at) => trustRowsAt(pool, at),
    clock,
    environment: wish.sandbox ? "sandbox" : "production",
    addressOf: (url) => peerAddress(url, peers),
  });
}

/** A host `<system>.localhost` of a peer is reached at the address of its peer row (decisions §7). */
function peerAddress(url: string, peers: readonly Peer[]): string {
  const { hostname, pathname } = new URL(url);
  const peer = peers.find(({ system }) => hostname === `${system}.localhost`);
  return peer ? new URL(pathname, peer.baseUrl).href : url;
}

function keeperGone(cause: unknown): never {
  throw new HouseError("configuration", "The key keeper does not answer at EGRET_KEEPER_URL: start it, then start Egret.", cause);
}

async function settleAll(house: TradingHouse, outside: Outside): Promise<void> {
  for (let before = -1; house.numberer.acts !== before; ) {
    before = house.numberer.acts;
    await house.settle();
    await outside.settle();
  }
}

async function tellFollower(url: string, push: ClockPush): Promise<void> {
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(push) });
  if (!answer.ok) throw new Error(`the driver of the sandbox answered ${answer.status}`);
}

function procedureFor(id: string, sandbox: boolean): Procedure {
  const procedure = procedureNamed(id);
  if (procedure.sandboxOnly && !sandbox) throw new Error(`${id} exists in a sandbox only`);
  return procedure;
}

function sandboxControl({ sandbox, walletUrl }: PlatformWish, settle: () => Promise<void>) {
  return sandbox && { clock: sandbox.clock, changed: () => sandbox.changed(), settle, walletUrl: walletUrl ?? null };
}

async function listen(edge: FastifyInstance, { host, port }: PlatformWish): Promise<string> {
  try {
    await edge.listen({ host, port });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE")
      throw new HouseError("port-taken", `Port ${port} is taken. Set PORT to another one.`);
    throw error;
  }
  return addressOf(edge, host);
}

function addressOf(edge: FastifyInstance, host: string): string {
  const address = edge.server.address();
  return `http://${host === "127.0.0.1" ? "localhost" : host}:${typeof address === "object" && address ? address.port : 0}`;
}
