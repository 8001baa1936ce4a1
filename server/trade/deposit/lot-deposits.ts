/**
 * The deposits of a lot from its opening on: who had paid or was vouched for in time, what is held, what
 * is on its way back. Before the opening this stream does not exist.
 */
import { end, next, type StateOf, states } from "../../kernel/index.ts";
import { foldStream, type Queryable, type RecordedEvent } from "../../record/index.ts";
import { streamOf } from "../transaction/index.ts";

export const depositStates = states({
  awaited: { satisfy: "held", lapse: "lapsed" },
  held: { release: "releasing", forfeit: "forfeited" },
  lapsed: { satisfy: "held", release: "releasing" },
  releasing: { release: "releasing", refund: "released" },
  released: end,
  forfeited: end,
});

export interface LotDeposit {
  organisation: string;
  partyId: string;
  state: StateOf<typeof depositStates>;
  form: "transfer" | "guarantee" | "none";
  requiredFen: string;
  paidFen: string;
  inTime: boolean;
  account: string | null;
  guarantee: { id: string; guarantor: string; number: string; fen: string; untilOn: string; discharged: boolean } | null;
  cause: string | null;
  dueOn: string | null;
}

export type LotDeposits = ReadonlyMap<string, LotDeposit>;

export function evolveDeposits(deposits: LotDeposits | undefined, { type, data }: RecordedEvent): LotDeposits {
  const all = new Map(deposits);
  const before = all.get(data.organisation);
  if (type === "dep.judged") {
    const { organisation, partyId, form, requiredFen, paidFen, inTime, account, guarantee } = data;
    const state = next(depositStates, before?.state ?? "awaited", inTime ? "satisfy" : "lapse") ?? before?.state ?? "lapsed";
    return all.set(organisation, {
      organisation,
      partyId,
      state,
      form,
      requiredFen,
      paidFen,
      inTime,
      account,
      guarantee: guarantee && { ...guarantee, discharged: false },
      cause: null,
      dueOn: null,
    });
  }
  if (!before) return all;
  switch (type) {
    case "dep.releaseAsked":
      return all.set(before.organisation, { ...before, state: "releasing", cause: data.cause, dueOn: data.dueOn });
    case "gua.discharged":
      return all.set(before.organisation, { ...before, guarantee: before.guarantee && { ...before.guarantee, discharged: true } });
    case "dep.released":
      return all.set(before.organisation, { ...before, state: "released" });
    case "dep.forfeited":
      return all.set(before.organisation, { ...before, state: "forfeited", cause: data.cause });
    default:
      return all;
  }
}

/** Empty until the opening has judged them. */
export async function lotDepositsOf(db: Queryable, lotId: string): Promise<LotDeposits> {
  return (await foldStream(db, streamOf("dep", lotId), evolveDeposits)) ?? new Map();
}
