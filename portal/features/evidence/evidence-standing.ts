/** How evidence stands, asked of the platform; brings the words for it. */
import { queryOptions } from "@tanstack/react-query";
import { read } from "../../api/client.ts";
import { evidence as english } from "../../words/en/evidence.ts";
import { addWords } from "../../words/index.ts";
import { evidence } from "../../words/zh-CN/evidence.ts";
import type { EvidenceStanding } from "./banner-of.ts";

addWords(evidence, english);

/** Asked anew every half minute. */
export const evidenceQuery = queryOptions({
  queryKey: ["evidence"],
  queryFn: ({ signal }) => read<EvidenceStanding>("/evidence", signal),
  refetchInterval: 30_000,
});
