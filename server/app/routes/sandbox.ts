/** Sandbox doors: choose a person, move the clock. In production every one of them answers 404. */
import { Type } from "@sinclair/typebox";
import type { FastifyInstance } from "fastify";
import { namesOf, openSession } from "../../identity/index.ts";
import { machineClock, machineRandom, type VirtualClock } from "../../runtime/clock/clock.ts";
import { sendProblem } from "../edge.ts";
import type { TradingHouse } from "../house.ts";
import { sessionCookie } from "../session-cookie.ts";

export interface SandboxControl {
  clock: VirtualClock;
  /** Keeps the clock and tells everybody who follows it, before what is due happens. */
  changed(): Promise<void>;
  /** Resolves when nothing is on its way any more, inside or to and from the outside. */
  settle(): Promise<void>;
  /** Where the portal of a sandbox fetches the chosen person's keys; the platform never sees them. */
  walletUrl: string | null;
}

export function sandboxRoutes(api: FastifyInstance, house: TradingHouse, control: SandboxControl | undefined): void {
  if (!control) return;
  const { clock } = control;
  api.get("/sandbox", async () => ({
    walletUrl: control.walletUrl,
    now: new Date(clock.now()).toISOString(),
    tempo: clock.tempo,
    nextDue: await nextDueText(house),
  }));
  api.get("/sandbox/people", async () => ({ items: await everybody(house) }));
  api.post<{ Body: { personId: string } }>(
    "/sandbox/sessions",
    { schema: { body: Type.Object({ personId: Type.String({ maxLength: 64 }) }, { additionalProperties: false }) } },
    async (request, reply) => {
      const { personId } = request.body;
      const { rows } = await house.pool.query("SELECT 1 FROM identity.person WHERE id = $1", [personId]);
      if (rows.length === 0)
        return sendProblem(reply, 404, { code: "object.unknown", title: "没有这个人。", detail: "There is no such person." });
      const token = await openSession(house.pool, { personId, machineNow: machineClock.now(), random: machineRandom });
      return reply.header("Set-Cookie", sessionCookie(token)).send({ token, personId });
    },
  );
  api.put<{ Body: { tempo: number } }>(
    "/sandbox/clock",
    { schema: { body: Type.Object({ tempo: Type.Number({ minimum: 0, maximum: 3600 }) }, { additionalProperties: false }) } },
    async (request) => {
      clock.setTempo(request.body.tempo);
      await control.changed();
      await house.settle();
      return { now: new Date(clock.now()).toISOString(), tempo: clock.tempo };
    },
  );
  api.post("/sandbox/settle", async () => {
    await control.settle();
    return { now: new Date(clock.now()).toISOString() };
  });
  api.post<{ Body: { to: string } }>(
    "/sandbox/clock/jump",
    { schema: { body: Type.Object({ to: Type.String({ maxLength: 32 }) }, { additionalProperties: false }) } },
    async (request, reply) => {
      await control.settle();
      const target = request.body.to === "nextDue" ? await house.nextDue() : Date.parse(request.body.to);
      if (target === undefined || Number.isNaN(target))
        return sendProblem(reply, 422, { code: "clock.nothing-due", title: "现在没有等待的时限。", detail: "Nothing is due." });
      if (target < clock.now())
        return sendProblem(reply, 422, {
          code: "clock.never-back",
          title: "沙箱时钟不能倒退。",
          detail: "The sandbox clock never runs back.",
        });
      await jumpThrough(house, control, target);
      return { now: new Date(clock.now()).toISOString(), nextDue: await nextDueText(house) };
    },
  );
}

/** Stops at every limit on the way, so that each is reached at its own time. */
async function jumpThrough(house: TradingHouse, control: SandboxControl, target: number): Promise<void> {
  const { clock } = control;
  const moveTo = async (time: number) => {
    clock.jumpTo(Math.max(time, clock.now()));
    await control.changed();
    await control.settle();
  };
  for (let due = await house.nextDue(); due !== undefined && due <= target; due = await house.nextDue()) await moveTo(due);
  await moveTo(target);
}

async function nextDueText(house: TradingHouse): Promise<string | null> {
  const due = await house.nextDue();
  return due === undefined ? null : new Date(due).toISOString();
}

/** Whoever takes part in a lot first: a visitor who wants to play it should not search for them. */
async function everybody(house: TradingHouse) {
  const { rows } = await house.pool.query<{
    person_id: string;
    membership_id: string;
    role: string;
    organisation_id: string;
    organisation: string;
  }>(
    `SELECT m.person_id, m.id AS membership_id, m.role, o.id AS organisation_id, o.name AS organisation
     FROM identity.membership m JOIN identity.organisation o ON o.id = m.organisation_id
     ORDER BY NOT EXISTS (SELECT 1 FROM transaction.lot l WHERE o.id IN (l.buyer, l.agent, l.centre, l.supervisor)), o.id, m.person_id`,
  );
  const names = await namesOf(
    house.pool,
    rows.map((row) => row.person_id),
  );
  return rows.map((row) => ({
    personId: row.person_id,
    name: names.get(row.person_id)?.name ?? "",
    title: names.get(row.person_id)?.title ?? "",
    membershipId: row.membership_id,
    role: row.role,
    organisationId: row.organisation_id,
    organisation: row.organisation,
  }));
}
