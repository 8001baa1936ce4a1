/**
 * What stands on the anchor contract (evidence-v1 §8): signatures with their selectors, the Anchored
 * log as a bundle carries it, and the lot id under which the contract knows a lot. The contract must
 * never see a plain lot id or anything else that can be guessed.
 */
import { keccak_256 } from "@noble/hashes/sha3.js";
import { concat, fromHex, hex, u64, utf8 } from "../bytes.ts";
import { sha256 } from "../jcs.ts";

export type AnchorRecord = {
  chainId: number;
  contract: string;
  txHash: string;
  blockNumber: number;
  blockHash: string;
  topics: [string, string, string];
  data: string;
};

/** The contract's functions and events by the signatures that their selectors are made of. */
export const anchorAbi = {
  functions: {
    anchor: "anchor(bytes32,uint64,bytes32)",
    cosign: "cosign(uint256,bytes32)",
    setDeadline: "setDeadline(bytes32,uint64)",
    submitBidDigest: "submitBidDigest(bytes32,bytes32)",
    open: "open(bytes32,bytes32,uint32)",
  },
  events: {
    Anchored: "Anchored(uint256,bytes32,uint64,bytes32,address,uint64,bytes32)",
    Cosigned: "Cosigned(uint256,bytes32,address,uint64)",
    DeadlineSet: "DeadlineSet(bytes32,uint64,uint64,address,uint64)",
    BidDigest: "BidDigest(bytes32,bytes32,uint64)",
    Opened: "Opened(bytes32,bytes32,uint32,address,uint64)",
  },
} as const;

/** The full keccak-256 of a signature (topic0 of an event) and its first 4 bytes (selector of a function). */
export function abiHashes(signature: string): { keccak: string; selector: string } {
  const keccak = hex(keccak_256(utf8(signature)));
  return { keccak, selector: keccak.slice(0, 8) };
}

/** Contract lotId = H("lot/v1\n" ‖ lotSalt ‖ lotId in UTF-8), as hex. */
export function contractLotId(lotSalt: string, lotId: string): string {
  return hex(sha256("lot/v1\n", fromHex(lotSalt), lotId));
}

/** The values of an Anchored log; hashes and addresses as hex without 0x. */
export type Anchored = { index: number; root: string; size: number; prevRoot: string; by: string; at: number; logId: string };

const word = (value: number) => hex(concat(new Uint8Array(24), u64(value)));

/** topics = [topic0, u256(index), root]; data = u256(size) ‖ prevRoot ‖ address ‖ u256(at) ‖ logId. */
export function encodeAnchored(log: Anchored): Pick<AnchorRecord, "topics" | "data"> {
  const topic0 = abiHashes(anchorAbi.events.Anchored).keccak;
  return {
    topics: [topic0, word(log.index), log.root],
    data: word(log.size) + log.prevRoot + log.by.padStart(64, "0") + word(log.at) + log.logId,
  };
}
