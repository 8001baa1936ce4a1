/** Deposits: one firm pays from its basic account, the others bring guarantees; after the contract all of it goes back. */

import { p256 } from "@noble/curves/nist.js";
import { fromHex, hex } from "../../formats/bytes.ts";
import { organisationNamed } from "../city/city.ts";
import type { StoryWorld } from "../driver/story-world.ts";
import { at } from "../driver/times.ts";
import { cast } from "./prepare.ts";

/** Which form each of the five chose (list `margin_form`): 3 bank guarantee, 4 insurance, 5 surety, 1 transfer. */
const forms = ["3", "4", "3", "5", "1"] as const;

/** Who stands surety for each form, as organisation of the city and person of the story. */
const guarantors = {
  "3": { id: "bank-01", person: "person-091" },
  "4": { id: "guarantor-01", person: "person-093" },
  "5": { id: "guarantor-02", person: "person-094" },
} as const;

export async function putUpDeposits(world: StoryWorld, lotId: string, organisations: ReadonlyMap<string, string>): Promise<void> {
  await world.jumpTo(at("2026-12-01", "10:00"));
  for (const [no, form] of forms.entries()) {
    if (form === "1") await payDeposit(world, lotId, no);
    else await bringGuarantee(world, lotId, { no, form, guarantor: organisations.get(guarantors[form].id) as string });
  }
}

/** 从投标人基本账户转出: the account number is the firm's secret, the bank learns of no lot. */
async function payDeposit(world: StoryWorld, lotId: string, no: number): Promise<void> {
  const { account, requiredFen } = await world.as(cast.bidders[no] as string).done("dep.open", lotId);
  const firm = organisationNamed(`firm-0${no + 1}`);
  await world.simulators.drive("bank", "pay", {
    account,
    fen: requiredFen,
    payer: { name: firm.name, account: firm.basicAccount?.number, kind: "basic" },
    remark: "投标保证金",
  });
  await world.until(
    async () =>
      (await world.as(cast.cashier).get("/deposits")).items.some(
        (row: { account: string; receivedFen: string }) => row.account === account && row.receivedFen === requiredFen,
      ),
    "the receipt did not come",
  );
}

async function bringGuarantee(
  world: StoryWorld,
  lotId: string,
  { no, form, guarantor }: { no: number; form: "3" | "4" | "5"; guarantor: string },
): Promise<void> {
  await world.as(cast.bidders[no] as string).done("gua.apply", lotId, { guarantor, form });
  const surety = world.as(guarantors[form].person);
  const { items } = await surety.get("/guarantees");
  const order = items.find((row: { state: string; lotId: string }) => row.state === "applied" && row.lotId === lotId);
  await surety.done("gua.issue", lotId, {
    guaranteeId: order.id,
    number: `沙箱保函-2026-${String(no + 1).padStart(3, "0")}`,
    untilOn: order.requiredUntilOn,
    fileSha256: null,
  });
}

/** 合同签订后五日内退还, with interest: the cashier prepares and orders, the accountant approves, the bank pays. */
export async function giveDepositsBack(world: StoryWorld, lotId: string): Promise<void> {
  const [cashier, accountant] = [world.as(cast.cashier), world.as(cast.accountant)];
  await world.simulators.drive("bank", "signatory", { publicKey: cashier.keys.signKey, role: "maker" });
  await world.simulators.drive("bank", "signatory", { publicKey: accountant.keys.signKey, role: "checker" });
  await world.jumpTo(at("2026-12-31", "10:00"));
  const { items } = await cashier.get("/deposits/refunds");
  for (const { orderId } of items) {
    const { bytesToSign } = await cashier.done("dep.prepareRelease", null, { orderId });
    await cashier.done("dep.orderRelease", null, { orderId, makerSig: sign(bytesToSign, cashier.keys.signSecret) });
    await accountant.done("dep.approveRelease", null, { orderId, checkerSig: sign(bytesToSign, accountant.keys.signSecret) });
  }
  for (const { person } of Object.values(guarantors)) await discharge(world, lotId, person);
  const isBack = async () =>
    (await world.as(cast.cashier).get("/deposits/refunds")).items.every((row: { state: string }) => row.state === "refunded");
  await world.until(isBack, "the bank did not pay back");
}

async function discharge(world: StoryWorld, lotId: string, person: string): Promise<void> {
  const surety = world.as(person);
  const { items } = await surety.get("/guarantees");
  for (const order of items.filter((row: { state: string; lotId: string }) => row.state === "issued" && row.lotId === lotId))
    await surety.done("gua.discharge", lotId, { guaranteeId: order.id });
}

function sign(bytes: string, secret: string): string {
  return hex(p256.sign(fromHex(bytes), fromHex(secret), { lowS: false }));
}
