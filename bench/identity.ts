/**
 * Identity: sign-ins by certificate over HTTP, and what a signed act of an SM2 holder costs. `node bench/main.ts identity`.
 *
 * The yardstick of SM2 is the same code without what it keeps: a fresh adapter for each check, so that chain, status
 * answer and list are fetched and verified from their bytes every time. Both run on one thread of this process; the
 * authority is a process beside it, on this machine.
 */
import { isSignedBy } from "../formats/act-proof.ts";
import { signCommandWith, softwareSigner } from "../formats/act-signers.ts";
import { signInMessage } from "../formats/sign-in.ts";
import { enrolmentWish, founderWish } from "../scenarios/city/city.ts";
import { sandboxTrust } from "../scenarios/driver/enrolment.ts";
import { type OwnPlatform, openOwnPlatform } from "../scenarios/driver/own-platform.ts";
import { CertificateStatusAdapter } from "../server/exchange/index.ts";
import { matrixCells } from "../server/identity/index.ts";
import { type BenchOptions, median, percentile } from "./report.ts";

const atOnce = 8;
const key = "person-030";

export async function run({ home, seconds = 5, rounds = 40 }: BenchOptions) {
  const own = await openOwnPlatform({ name: "bench-identity", seed: 1, start: "2026-11-02T01:00:00.000Z", home, founder: founderWish });
  try {
    const wish = enrolmentWish("firm-01", (noun) => own.world.newId(noun));
    await own.world.enrol({ ...wish, people: wish.people.map((person) => ({ ...person, family: "sm2" as const })) });
    const sm2 = await measureSm2(own, rounds);
    const signIns = await measureSignIns(own, seconds);
    return {
      bench: "identity",
      ratios: { sm2StatusCached: sm2.statusRatio, sm2WholeCached: sm2.wholeRatio },
      signInsPerSecond: signIns.perSecond,
      wholeVerificationsPerSecond: sm2.wholePerSecond,
      matrixCells,
      detail: { signIns, sm2 },
    };
  } finally {
    await own.close();
  }
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};
const rounded = (value: number, digits = 1) => Number(value.toFixed(digits));

async function measureSm2(own: OwnPlatform, rounds: number) {
  const { certificate, sign, publicKey } = await tokenOf(own);
  const trust = (await sandboxTrust(own.world.simulators)).map((row) => ({ ...row }));
  const addressOf = (url: string) => url.replace("http://sim-ca-a.localhost", own.world.simulators.ca);
  const fresh = () =>
    new CertificateStatusAdapter({ trust: () => trust, addressOf, clock: { now: () => own.world.now }, environment: "sandbox" });
  const warm = fresh();
  const signed = await sign();
  const status = async (port: CertificateStatusAdapter) => {
    const found = await port.check({ certificate, use: "sign", at: new Date(own.world.now).toISOString() });
    if (!found.ok) throw new Error(`the certificate is refused: ${found.fault}`);
  };
  const whole = async (port: CertificateStatusAdapter) => {
    await status(port);
    if (!isSignedBy(signed, { family: "sm2", key: publicKey })) throw new Error("the signature does not hold");
  };
  for (let i = 0; i < 5; i++) await whole(warm);
  const times = { statusCold: [] as number[], statusWarm: [] as number[], wholeCold: [] as number[], wholeWarm: [] as number[] };
  for (let i = 0; i < rounds; i++) {
    times.statusCold.push(await timed(() => status(fresh())));
    times.wholeCold.push(await timed(() => whole(fresh())));
    for (let k = 0; k < 10; k++) {
      times.statusWarm.push(await timed(() => status(warm)));
      times.wholeWarm.push(await timed(() => whole(warm)));
    }
  }
  const ms = Object.fromEntries(Object.entries(times).map(([name, values]) => [name, rounded(median(values), 4)])) as Record<
    keyof typeof times,
    number
  >;
  return {
    ms,
    statusRatio: rounded(ms.statusCold / ms.statusWarm),
    wholeRatio: rounded(ms.wholeCold / ms.wholeWarm),
    wholePerSecond: rounded(1000 / ms.wholeWarm, 0),
  };
}

/** What the holder has in hand: the certificate, and an act signed with it. */
async function tokenOf({ world }: OwnPlatform) {
  const { personId, membershipId: membership, keys } = world.as(key);
  const made = await world.simulators.walletDoor(`persons/${personId}`);
  const row = (made.certificates as { usage: string; certificate: string; publicKey: string }[]).find(({ usage }) => usage === "sign");
  const command = { v: 1 as const, act: "ntc.sign", commandId: "cmd_bench_identity_01", membership, lotId: null, data: { of: "a bench" } };
  if (!row) throw new Error("the person has no certificate");
  const signer = softwareSigner({ family: "sm2", secret: keys.signSecret }, world.url);
  return { certificate: row.certificate, publicKey: row.publicKey, signer, sign: () => signCommandWith(command, signer) };
}

/** Challenge, signature, session: two requests each, some at a time. */
async function measureSignIns(own: OwnPlatform, seconds: number) {
  const { certificate, signer } = await tokenOf(own);
  const post = async (path: string, json: unknown) => {
    const body = JSON.stringify(json);
    const answer = await fetch(`${own.world.url}/api/v1${path}`, { method: "POST", headers: { "content-type": "application/json" }, body });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const signIn = async () => {
    const challenge = await post("/sign-in/certificate/challenges", {});
    await post("/sign-in/certificate", { nonce: challenge.nonce, certificate, sig: await signer.sign(signInMessage(challenge)) });
  };
  await signIn();
  const times: number[] = [];
  const start = performance.now();
  const visitor = async () => {
    while (performance.now() - start < seconds * 1000) times.push(await timed(signIn));
  };
  await Promise.all(Array.from({ length: atOnce }, visitor));
  const perSecond = rounded((times.length * 1000) / (performance.now() - start));
  return {
    family: "sm2",
    atOnce,
    count: times.length,
    perSecond,
    medianMs: rounded(median(times)),
    p99Ms: rounded(percentile(times, 0.99)),
  };
}
