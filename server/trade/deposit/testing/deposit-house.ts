/** A house in which deposits are judged at the deadline, as the opening does, and stand from there on. For tests only. */
import { type TestHouse, type TestPerson, testHouse } from "../../../app/testing/test-house.ts";
import { getOrganisation } from "../../../identity/index.ts";
import { procedureById } from "../../../kinds/index.ts";
import { transaction } from "../../../runtime/database/index.ts";
import { openHeader } from "../../bidding/index.ts";
import { catalogueStage } from "../../catalogue/index.ts";
import { type TradePeople, tradePeople } from "../../catalogue/testing/admitted-lot.ts";
import { ceremonyStage } from "../../ceremony/index.ts";
import { tenderingStage } from "../../tendering/index.ts";
import { type Procedure, type Stage, transactionStage } from "../../transaction/index.ts";
import { depositStage, depositsOf } from "../index.ts";
import { type LoopBank, loopBank } from "./loop-bank.ts";

export interface DepositHouse {
  house: TestHouse;
  bank: LoopBank;
  people: TradePeople;
}

/** The one thing of the opening that this stage needs: the header secret at the deadline. */
const gate: Stage = {
  name: "gate",
  acts: [],
  reads: [],
  views: [],
  onMilestone: {
    async bidDeadline(context) {
      await depositsOf(context, await openHeader(context));
    },
  },
};

export async function depositHouse(seed = "deposit"): Promise<DepositHouse> {
  const bank = loopBank();
  const stages = [transactionStage, catalogueStage, ceremonyStage, tenderingStage, depositStage(bank), gate];
  const house = await testHouse({ stages, procedure: (id) => procedureById(id) as Procedure, seed });
  return { house, bank, people: await tradePeople(house) };
}

/** Name and registered basic account of a firm, as its payer. */
export async function payerOf(house: TestHouse, firm: TestPerson): Promise<{ payerName: string; payerAccount: string }> {
  const organisation = await transaction(house.house.pool, (tx) => getOrganisation(tx, firm.organisationId));
  return { payerName: organisation.name, payerAccount: organisation.profile.basicAccount.number };
}
