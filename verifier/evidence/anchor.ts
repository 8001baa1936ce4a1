/**
 * The anchor of a bundle (evidence-v1 §8; §9 step 15). Offline it shows only that a record is well-formed
 * and fits the checkpoint: its state is `unconfirmed`, and must never be called more than that.
 */
import { keccak_256 } from "@noble/hashes/sha3.js";
import { hex, utf8 } from "../../formats/bytes.ts";
import { closed, hexOf, integer, list, type Shape } from "../shapes.ts";
import type { Head } from "./checkpoint.ts";
import { demand } from "./codes.ts";
import type { AnchorPolicy } from "./policy.ts";

export type Anchor = { chainId: number; contract: string; topics: string[]; data: string };

export const anchorShape: Shape = closed({
  chainId: integer(),
  contract: hexOf(20),
  txHash: hexOf(32),
  blockNumber: integer(),
  blockHash: hexOf(32),
  topics: list(hexOf(32), 3, 3),
  data: hexOf(160),
});

/** keccak-256 of a signature: topic0 of an event, its first 4 bytes the selector of a function. */
export function keccakOf(signature: string): string {
  return hex(keccak_256(utf8(signature)));
}

const anchoredTopic = keccakOf("Anchored(uint256,bytes32,uint64,bytes32,address,uint64,bytes32)");

/** @throws Refused E_ANCHOR */
export function judgeAnchor(anchor: Anchor | undefined, policy: AnchorPolicy | null, head: Head): "none" | "unconfirmed" {
  if (anchor === undefined) {
    demand(policy?.required !== true, "E_ANCHOR");
    return "none";
  }
  demand(policy !== null && anchor.chainId === policy.chainId && anchor.contract === policy.contract, "E_ANCHOR");
  const [topic0, index = "", root] = anchor.topics;
  demand(topic0 === anchoredTopic && root === head.root && fitsU64(index), "E_ANCHOR");
  const [size = "", , by = "", at = "", logId] = anchor.data.match(/.{64}/g) ?? [];
  demand(BigInt(`0x${size}`) === BigInt(head.size) && by.startsWith("0".repeat(24)) && fitsU64(at) && logId === policy.logId, "E_ANCHOR");
  return "unconfirmed";
}

/** Whether a 32-byte word is below 2^64. */
function fitsU64(word: string): boolean {
  return word.startsWith("0".repeat(48));
}
