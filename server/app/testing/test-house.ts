/**
 * A whole house for tests: real database, real keys, real keeper, the clock in the test's hand. Tests
 * act as people do, by signed commands; nothing is inserted and nothing is mocked.
 */

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { p256 } from "@noble/curves/nist.js";
import { signCommand } from "../../../formats/act.ts";
import { hex } from "../../../formats/bytes.ts";
import { publicKeyOf } from "../../../formats/draw/index.ts";
import { sha256 } from "../../../formats/jcs.ts";
import { needsStepUp } from "../../../formats/step-up.ts";
import type { Enrolment, Role } from "../../identity/index.ts";
import { findActor } from "../../identity/index.ts";
import { isCreditCode, newId, type Random, seededRandom } from "../../kernel/index.ts";
import { VirtualClock } from "../../runtime/clock/clock.ts";
import { testDatabase } from "../../runtime/database/test-database.ts";
import { DiskFiles } from "../../runtime/files/file-store.ts";
import { Keeper } from "../../trade/bidding/key-keeper/keeper.ts";
import type { Platform, Procedure, Stage } from "../../trade/transaction/index.ts";
import { found } from "../founding.ts";
import { TradingHouse } from "../house.ts";
import { passingKeys } from "../platform-keys.ts";

export interface TestPerson {
  personId: string;
  membershipId: string;
  organisationId: string;
  role: Role;
  secretKey: Uint8Array;
  /** Ed25519: shares of draws, freeze, fallback. */
  drawSecret: Uint8Array;
  /** P-256: what is encrypted to this person. */
  sealSecret: Uint8Array;
}

/** Answers of many shapes; a test reads the fields of what it asked for. */
// biome-ignore lint/suspicious/noExplicitAny: the answers of some ninety acts.
export type Told = any;

export interface TestHouse {
  house: TradingHouse;
  clock: VirtualClock;
  random: Random;
  platform: Platform;
  registrar: TestPerson;
  /** Enrols a new organisation with one person in one role. */
  person(role: Role, name?: string): Promise<TestPerson>;
  /** Enrols a new organisation with one person for each role. */
  colleagues(roles: readonly Role[], name: string): Promise<TestPerson[]>;
  act(person: TestPerson, act: string, lotId: string | null, data: unknown): Promise<{ status: number; body: Told }>;
  /** As `act`, and fails the test unless it was accepted. @returns the result. */
  done(person: TestPerson, act: string, lotId: string | null, data: unknown): Promise<Told>;
  /** As `act`, and fails the test unless it was refused with this code. @returns the problem. */
  refused(...call: [person: TestPerson, act: string, lotId: string | null, data: unknown, code: string]): Promise<Told>;
  /** Writes over a stored file behind the store's back, as a failing disk would. */
  damageFile(name: string, bytes: Uint8Array): Promise<void>;
  /** Moves the clock and lets everything that is due happen. */
  jumpTo(time: string | number): Promise<void>;
  close(): Promise<void>;
}

export interface TestHouseOptions {
  stages: readonly Stage[];
  procedure: (id: string) => Procedure;
  start?: string;
  seed?: string;
}

export async function testHouse(wish: TestHouseOptions): Promise<TestHouse> {
  const parts = await openHouse(wish);
  const { house, clock, random, people, platform, folder, faults } = parts;
  let serial = 0;
  const makePeople = (roles: readonly Role[], name: string) =>
    enrolmentOf({ roles, name, serial: ++serial, now: clock.now(), random: people });
  const founder = makePeople(["registrar"], "交易中心登记处");
  const registrar = founder.people[0] as TestPerson;
  await found(house, founder.enrolment, clock.now());
  await house.start();
  const act = actsOf(parts);
  const test: TestHouse = {
    house,
    clock,
    random,
    platform,
    registrar,
    act,
    async person(role, name = `${role}-${serial + 1}`) {
      return (await test.colleagues([role], name))[0] as TestPerson;
    },
    async colleagues(roles, name) {
      const made = makePeople(roles, name);
      await test.done(registrar, "org.enrol", null, made.enrolment);
      return made.people;
    },
    async done(person, name, lotId, data) {
      const { status, body } = await act(person, name, lotId, data);
      assert.equal(status, 200, `${name}: ${JSON.stringify(body)}`);
      return body.result;
    },
    async refused(...[person, name, lotId, data, code]) {
      const { body } = await act(person, name, lotId, data);
      assert.equal(body.code, code, `${name}: ${JSON.stringify(body)}`);
      return body;
    },
    damageFile: (name, bytes) => writeFile(join(folder, "files", name.slice(0, 2), name), bytes),
    async jumpTo(time) {
      const target = typeof time === "number" ? time : Date.parse(time);
      for (let due = await house.nextDue(); due !== undefined && due <= target; due = await house.nextDue()) {
        clock.jumpTo(Math.max(due, clock.now()));
        await house.settle();
      }
      clock.jumpTo(Math.max(target, clock.now()));
      await house.settle();
      assert.deepEqual(faults.splice(0), [], "the house met a fault");
    },
    close: parts.close,
  };
  return test;
}

type HouseParts = Awaited<ReturnType<typeof openHouse>>;

/** A house that nobody has founded yet, on a database and a folder of its own. */
async function openHouse({ stages, procedure, start = "2026-11-02T01:00:00.000Z", seed = "test" }: TestHouseOptions) {
  const database = await testDatabase();
  const folder = await mkdtemp(join(tmpdir(), "egret-house-"));
  const random = seededRandom(seed);
  const clock = new VirtualClock(Date.parse(start), 0);
  const { keys, answerSecret } = passingKeys(random.fork("platform"));
  const keeper = new Keeper({
    folder: join(folder, "keeper"),
    receiptKey: keys.receiptKey,
    random: random.fork("keeper"),
    now: () => clock.now(),
  });
  const platform: Platform = { sandbox: true, random, keys, keeper, files: new DiskFiles(join(folder, "files")), procedure };
  const faults: unknown[] = [];
  const house = new TradingHouse({
    databaseUrl: database.url,
    clock,
    random,
    platform,
    answerSecret,
    stages,
    assumedCalendar: true,
    onFault: (error) => faults.push(error),
  });
  const close = async () => {
    await house.stop();
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  };
  return { house, clock, random, people: random.fork("people"), platform, folder, faults, close };
}

/** Acts signed by a person, with a fresh proof where the act asks for one; a fault of the house fails the test. */
function actsOf({ house, clock, people, faults }: HouseParts): TestHouse["act"] {
  return async (person, name, lotId, data) => {
    const { membershipId: membership } = person;
    const proof = needsStepUp(name) ? { nonce: house.nonces.issue({ act: name, membership, lotId }).nonce } : {};
    const command = { v: 1 as const, act: name, commandId: newId("cmd", clock.now(), people), membership, lotId, data, ...proof };
    const actor = await findActor(house.pool, person.personId, person.membershipId, clock.now());
    assert.ok(actor, `${person.personId} is not enrolled`);
    const answer = await house.perform(signCommand(command, person.secretKey), actor, clock.now());
    await house.settle();
    assert.deepEqual(faults.splice(0), [], "the house met a fault");
    return { status: answer.status, body: JSON.parse(answer.text) };
  };
}

const organisationRoles: Partial<Record<Role, string>> = {
  buyer: "buyer",
  bidder: "bidder",
  agent: "procurementAgent",
  guarantor: "guarantor",
  supervisor: "supervisionAuthority",
};

/** A made-up credit code with a right check character, because official numbers are made of it. */
export function creditCodeOf(serial: number): string {
  const body = `91350200MA${String(serial).padStart(7, "0")}`;
  return [..."0123456789ABCDEFGHJKLMNPQRTUWXY"].map((check) => body + check).find(isCreditCode) ?? body;
}

function enrolmentOf({
  roles,
  name,
  serial,
  now,
  random,
}: {
  roles: readonly Role[];
  name: string;
  serial: number;
  now: number;
  random: Random;
}) {
  const organisationId = newId("org", now, random);
  const members = roles.map((role) => personOf({ role, name, organisationId, serial, now, random }));
  const enrolment: Enrolment = {
    organisation: {
      id: organisationId,
      creditCode: creditCodeOf(serial),
      name,
      roles: [organisationRoles[roles[0] as Role] ?? "tradingCentre"],
      regionCode: "350200",
      sector: roles[0] === "supervisor" ? "housing" : null,
      profile: { basicAccount: { bank: "bank-01", number: `0000${serial}` } },
    },
    people: members.map(({ entry }) => entry),
  };
  return { enrolment, people: members.map(({ person }) => person) };
}

function personOf({
  role,
  name,
  organisationId,
  serial,
  now,
  random,
}: {
  role: Role;
  name: string;
  organisationId: string;
  serial: number;
  now: number;
  random: Random;
}) {
  const secretKey = p256.utils.randomSecretKey(random.bytes(48) as Uint8Array<ArrayBuffer>);
  const personId = newId("per", now, random);
  const drawSecret = sha256("test house draw key\n", secretKey);
  const sealSecret = sha256("test house seal key\n", secretKey);
  const certificate = (usage: "sign" | "seal" | "ed25519", publicKey: Uint8Array) => ({
    usage,
    publicKey: hex(publicKey),
    serial: `T${serial}`,
    certificate: "",
    notBefore: "2020-01-01T00:00:00.000Z",
    notAfter: "2030-01-01T00:00:00.000Z",
  });
  const certificates = [
    certificate("sign", p256.getPublicKey(secretKey, true)),
    certificate("seal", p256.getPublicKey(sealSecret, true)),
    certificate("ed25519", publicKeyOf(drawSecret)),
  ];
  const entry: Enrolment["people"][number] = { id: personId, details: { name: `${name}经办` }, roles: [role], certificates };
  const person: TestPerson = {
    personId,
    membershipId: `mem_${personId.slice(4)}.1`,
    organisationId,
    role,
    secretKey,
    drawSecret,
    sealSecret,
  };
  return { entry, person };
}
