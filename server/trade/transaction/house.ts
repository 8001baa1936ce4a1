/** What every act is performed with: handed in once by the app, the same for all stages. */
import type { ActNonces, CertificateStatusPort } from "../../identity/index.ts";
import type { Calendar, Random, Refusal } from "../../kernel/index.ts";
import type { LogPlace, Views } from "../../record/index.ts";
import type { Pool, Transaction } from "../../runtime/database/index.ts";
import type { Act } from "./act.ts";
import type { Platform } from "./platform.ts";

export interface House {
  pool: Pool;
  views: Views;
  platform: Platform;
  random: Random;
  calendar: Calendar;
  acts: ReadonlyMap<string, Act>;
  /** Told after each commit. */
  committed(): void;
  /** Where the last event of a stream stands, as soon as it is numbered. */
  placeOf(stream: string): Promise<{ position: number }>;
  /** Resolves when every sealed act that was committed before has its number: asked before a limit is reached. */
  blindedNumbered(): Promise<void>;
  /** Numbers the events of an open transaction in it; the place of the stream's last event. */
  takeNumber(tx: Transaction, stream: string): Promise<LogPlace>;
  /** Keeps the answers to sealed acts unreadable in the database; lies in the key folder. */
  answerSecret: Uint8Array;
  /** Judges the certificate of whoever signs; absent only where no trust list is configured. */
  certificates?: CertificateStatusPort;
  /** What speaks against beginning this act now, whoever wants it; nothing of it is kept. */
  halted?: (act: string) => Refusal | undefined;
  /** Nonces that name an act, for those that need a fresh proof. */
  nonces: ActNonces;
}
