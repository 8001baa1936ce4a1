/** What outside systems report, as facts in our words, applied to the trade under the system actor, each once. */
import type { Envelope } from "../../formats/exchange/index.ts";
import type { ExchangeClient } from "../exchange/index.ts";
import type { Random } from "../kernel/index.ts";
import type { Pool } from "../runtime/database/index.ts";
import type { TradingHouse } from "./house.ts";

export interface OutsideParts {
  client: ExchangeClient;
  pool: Pool;
  drawServiceSecret: Uint8Array;
  random: Random;
}

export interface Waiting {
  sender: string;
  envelope: Envelope;
  receivedAt: string;
}

export async function applyFact(_house: TradingHouse, _message: Waiting, _parts: OutsideParts): Promise<void> {}
