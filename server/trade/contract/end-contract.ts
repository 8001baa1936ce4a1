/** When an award falls away its contract does too: a draft is given up, one in force is terminated. */
import { foldStream } from "../../record/index.ts";
import { lotOfStream, type Reaction, streamOf } from "../transaction/index.ts";
import { evolveContract } from "./contract.ts";

export const endWithAward: Reaction = {
  name: "contract.end-with-award",
  on: ["awd.declined", "awd.revoked"],
  lotOf: async ({ stream }) => lotOfStream(stream),
  async react(context, { data, type }) {
    const stream = streamOf("con", context.lot.id, data.no);
    const contract = await foldStream(context.tx, stream, evolveContract);
    const cause = `${type}: ${data.cause}`;
    if (contract?.state === "draft" || contract?.state === "signing") await context.append(stream, "con.givenUp", { cause });
    if (contract?.state === "effective") await context.append(stream, "con.terminated", { cause });
  },
};
