/** Contract: the written contract without deviation, signed by both sides. The only door of this stage. */
import type { Stage } from "../transaction/index.ts";
import { draftContract } from "./draft-contract.ts";
import { endWithAward } from "./end-contract.ts";
import { contractSteps } from "./next-steps.ts";
import type { ContractPorts } from "./ports.ts";
import { contractReads } from "./reads.ts";
import { fileContract, secureContract, signContract } from "./sign-contract.ts";

export { type Contract, type ContractTerms, contractOf } from "./contract.ts";
export { contractPaper } from "./contract-paper.ts";
export type { ContractPorts } from "./ports.ts";

export function contractStage(ports: ContractPorts): Stage {
  return {
    name: "contract",
    acts: [draftContract, signContract(ports), secureContract, fileContract],
    reads: contractReads,
    views: [],
    reactions: [endWithAward],
    nextSteps: contractSteps,
    live: {
      "con.effective": () => ({ zh: "合同签订生效", en: "The contract is in force" }),
      "con.filed": () => ({ zh: "合同备案", en: "The contract is filed" }),
    },
  };
}
