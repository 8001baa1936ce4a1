/** Certificates through a person's life on a whole platform with its authority beside it: enrolled, used, renewed, revoked. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { signCommand } from "../../formats/act.ts";
import { fromHex } from "../../formats/bytes.ts";
import { enrolmentWish, founderWish } from "../city/city.ts";
import { project } from "../construction-open/tender-package.ts";
import { enrolmentFor } from "../driver/enrolment.ts";
import { type OwnPlatform, openOwnPlatform } from "../driver/own-platform.ts";
import type { StoryPerson } from "../driver/story-person.ts";

const home = process.env.EGRET_HOME ?? join(import.meta.dirname, "../../.egret");
let own: OwnPlatform;

before(async () => {
  own = await openOwnPlatform({ name: "certificates", seed: 3, start: "2026-11-02T00:00:00.000Z", home, founder: founderWish });
  for (const id of ["buyer-01", "centre-01"]) await own.world.enrol(enrolmentWish(id, (noun) => own.world.newId(noun)));
});
after(async () => {
  await own.close();
});

const buyer = () => own.world.as("person-001");
const propose = (person: StoryPerson) => person.act("prj.register", null, project);

async function serialOf(person: StoryPerson): Promise<string> {
  const { items } = await person.get("/me/certificates");
  return items.find((row: { usage: string }) => row.usage === "sign").serial;
}

/** New keys with a certificate of the same holder, as a person's own tool orders them. */
async function freshCertificates(name: string, organisation: { creditCode: string; name: string }, id: string) {
  const made = await own.world.simulators.walletDoor("persons", { personId: id, name, organisation });
  const keys = await own.world.simulators.walletDoor(`persons/${id}/keys`);
  return { certificates: made.certificates as { usage: string; publicKey: string; serial: string }[], keys };
}

test("an enrolment is refused unless key, number and holder are those of the certificate, and the codes are right", async () => {
  const wish = enrolmentWish("firm-01", (noun) => own.world.newId(noun));
  const enrolment = await enrolmentFor(wish, (person) => own.world.simulators.walletDoor("persons", person));
  const registrar = own.world.as("registrar");
  const with_ = (change: (copy: typeof enrolment) => void) => {
    const copy = structuredClone(enrolment);
    change(copy);
    return copy;
  };
  const person = (copy: typeof enrolment) => copy.people[0] as (typeof enrolment.people)[number];
  const [sign, seal] = person(enrolment).certificates;
  const cases: [string, (copy: typeof enrolment) => void][] = [
    ["certificate.not-the-holders", (copy) => void Object.assign(person(copy).details, { name: "别人" })],
    ["certificate.not-the-holders", (copy) => void Object.assign(person(copy).certificates[0] as object, { publicKey: seal?.publicKey })],
    ["certificate.wrong-use", (copy) => void Object.assign(person(copy).certificates[1] as object, { ...sign, usage: "seal" })],
    [
      "certificate.unreadable",
      (copy) =>
        void Object.assign(person(copy).certificates[0] as object, {
          certificate: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        }),
    ],
    ["identity.credit-code-wrong", (copy) => void Object.assign(copy.organisation, { creditCode: "91350200EGRET0190A" })],
    ["identity.id-number-wrong", (copy) => void Object.assign(person(copy).details, { idNumber: "350200196704120019" })],
  ];
  for (const [code, change] of cases) await registrar.refused("org.enrol", null, with_(change), code);
  await registrar.done("org.enrol", null, enrolment);
});

test("a revoked certificate signs nothing new; what it signed stands, and the repeated command keeps its answer", async () => {
  const clerk = own.world.as("person-002");
  const command = signCommand(
    { v: 1, act: "prj.register", commandId: "cmd_before_revocation_1", membership: clerk.membershipId, lotId: null, data: project },
    fromHex(clerk.keys.signSecret),
  );
  const post = async () => {
    const answer = await fetch(`${own.world.url}/api/v1/acts/prj.register`, {
      method: "POST",
      headers: { authorization: `Bearer ${clerk.token}`, "content-type": "application/json", "idempotency-key": command.commandId },
      body: JSON.stringify(command),
    });
    return { status: answer.status, text: await answer.text() };
  };
  const first = await post();
  assert.equal(first.status, 200, first.text);
  await own.world.jumpTo("2026-11-02T02:00:00.000Z");
  await own.world.simulators.drive("ca", "revoke", { serial: await serialOf(clerk), reason: "superseded" });
  await own.world.jumpTo("2026-11-02T02:01:00.000Z");
  assert.deepEqual(await post(), first);
  await clerk.refused("prj.register", null, project, "certificate.revoked");
});

test("while the authority's list cannot be had, acts wait and nothing is kept of them", async () => {
  await own.world.simulators.drive("ca", "freezeCrl");
  await own.world.jumpTo("2026-11-04T03:00:00.000Z");
  const waiting = await propose(buyer());
  assert.deepEqual([waiting.status, waiting.body.code], [503, "certificate.status-unknown"]);
  await own.world.simulators.drive("ca", "freezeCrl", { on: false });
  await own.world.jumpTo("2026-11-04T03:11:00.000Z");
  assert.equal((await propose(buyer())).status, 200);
});

test("a person is warned before the end, and a renewal signed with the old key takes its place", async () => {
  const warnings = async () => (await buyer().get("/me/certificates")).items.map((row: { warning: string | null }) => row.warning);
  assert.deepEqual(await warnings(), [null, null]);
  await own.world.jumpTo("2026-12-10T01:00:00.000Z");
  assert.deepEqual(await warnings(), ["renewable", "renewable"]);
  const me = await buyer().get("/me");
  const wish = enrolmentWish("buyer-01", (noun) => own.world.newId(noun)).organisation;
  const { certificates, keys } = await freshCertificates(me.name, wish, "renewed-1");
  const sign = certificates.find(({ usage }) => usage === "sign");
  const stranger = await freshCertificates("别人", wish, "stranger-1");
  await buyer().refused(
    "crt.renew",
    null,
    stranger.certificates.find(({ usage }) => usage === "sign"),
    "certificate.not-the-holders",
  );
  await buyer().done("crt.renew", null, sign);
  assert.equal((await propose(buyer())).body.code, "auth.act-signature-invalid", "the old key signs no longer");
  const renewed = signCommand(
    { v: 1, act: "prj.register", commandId: "cmd_after_the_renewal", membership: buyer().membershipId, lotId: null, data: project },
    fromHex(String(keys.signSecret)),
  );
  const answer = await fetch(`${own.world.url}/api/v1/acts/prj.register`, {
    method: "POST",
    headers: { authorization: `Bearer ${buyer().token}`, "content-type": "application/json", "idempotency-key": renewed.commandId },
    body: JSON.stringify(renewed),
  });
  assert.equal(answer.status, 200, await answer.text());
});

test("the trust list changes by two persons only, from a given instant, and then decides", async () => {
  const registrar = own.world.as("registrar");
  const { chains } = (await own.world.simulators.control("ca", "books")) as { chains: { rootDer: string; issuingDer: string }[] };
  const { rootDer, issuingDer } = chains[0] as (typeof chains)[number];
  const row = { caId: "sim-ca-a", rootDer, issuingDer: [issuingDer], crlUrl: "http://sim-ca-a.localhost/crl/sim-ca-a.crl", uses: ["seal"] };
  const effectiveFrom = "2026-12-11T01:00:00.000Z";
  await registrar.refused(
    "trl.propose",
    null,
    { rows: [row], reason: "试验", effectiveFrom: "2026-12-01T00:00:00.000Z" },
    "trust.not-backwards",
  );
  const { version } = await registrar.done("trl.propose", null, { rows: [row], reason: "停止该机构的签名用途", effectiveFrom });
  assert.equal(version, 2);
  await registrar.refused("trl.release", null, { version }, "trust.second-person");
  const centre = own.world.as("person-106");
  await centre.refused("trl.release", null, { version: 9 }, "trust.no-proposal");
  await centre.done("trl.release", null, { version });
  await centre.refused("trl.release", null, { version }, "trust.no-proposal");
  await own.world.jumpTo(effectiveFrom);
  await centre.refused("prj.register", null, project, "certificate.unknown-authority");
});
