/**
 * The anchor contract as the server uses it, over any EVM JSON-RPC: the embedded chain, or a consortium
 * by two or more organisations' endpoints. An act counts by its receipt, never by eth_call: an old node
 * says yes to a call that will be reverted.
 */
import {
  type Abi,
  type Address,
  createPublicClient,
  createWalletClient,
  decodeErrorResult,
  defineChain,
  fallback,
  getContractAddress,
  type Hex,
  http,
  type Log,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";
import compiled from "../../../contracts/evidence-anchor.json" with { type: "json" };
import { type AnchorRecord, logIdOf } from "../../../formats/evidence/index.ts";

export const anchorContractAbi = compiled.abi as Abi;

export interface ChainAccess {
  /** The first endpoint that answers is used to write; reads may ask each. */
  rpcUrls: readonly string[];
  chainId: number;
  /** secp256k1 secret of the sender, 0x… */
  secret: Hex;
  /** Wei; 0, the default, on permissioned chains. */
  gasPrice?: bigint;
}

/** `reason` is the name of the contract's own error, such as `TooLate`. */
export type Outcome = { ok: true; hash: Hex; blockNumber: number; logs: Log[] } | { ok: false; reason: string };

const gasOfAct = 500_000n;
const gasOfDeploy = 3_000_000n;
const receiptMsMax = 60_000;
/** Roles are bits (evidence-v1 §8): ADMIN 1, ANCHOR 2. */
const adminAndAnchor = 3;

export class AnchorContract {
  readonly address: Address;
  readonly #access: ChainAccess;
  readonly #public;
  readonly #wallet;

  constructor(access: ChainAccess, address: Address) {
    const [url] = access.rpcUrls;
    if (url === undefined) throw new RangeError("a chain needs an endpoint");
    this.#access = access;
    this.address = address;
    const chain = chainOf(access);
    const transport = access.rpcUrls.length > 1 ? fallback(access.rpcUrls.map((each) => http(each))) : http(url);
    this.#public = createPublicClient({ chain, transport, pollingInterval: 50 });
    this.#wallet = createWalletClient({ chain, transport, account: privateKeyToAccount(access.secret) });
  }

  /** Puts a new contract on the chain; the sender becomes ADMIN. */
  static async deploy(access: ChainAccess, origin: string): Promise<AnchorContract> {
    const none = new AnchorContract(access, "0x0000000000000000000000000000000000000000");
    const hash = await none.#wallet.deployContract({
      abi: anchorContractAbi,
      ...feeOf(access),
      gas: gasOfDeploy,
      bytecode: compiled.bytecode as Hex,
      args: [`0x${logIdOf(origin)}`],
    });
    const receipt = await none.#public.waitForTransactionReceipt({ hash, timeout: receiptMsMax });
    if (receipt.status !== "success" || !receipt.contractAddress) throw new Error("the contract was not deployed");
    return new AnchorContract(access, receipt.contractAddress);
  }

  /**
   * The contract that this sender's first transaction makes: its address is known before the chain answers,
   * and is the same again on a chain that has forgotten everything.
   */
  static ownFirst(access: ChainAccess): AnchorContract {
    return new AnchorContract(access, getContractAddress({ from: privateKeyToAccount(access.secret).address, nonce: 0n }));
  }

  /** Makes the contract and grants its sender ANCHOR, where the chain does not have it yet or any more. */
  async ensure(origin: string): Promise<void> {
    if (await this.#public.getCode({ address: this.address })) return;
    const { address } = await AnchorContract.deploy(this.#access, origin);
    if (address.toLowerCase() !== this.address.toLowerCase())
      throw new Error(`the contract came to stand at ${address}, not ${this.address}`);
    const granted = await this.send("grant", [this.sender, adminAndAnchor]);
    if (!granted.ok) throw new Error(`the contract refused its own sender: ${granted.reason}`);
  }

  get sender(): Address {
    return this.#wallet.account.address;
  }

  /** The same contract in the hands of another sender. */
  as(secret: Hex): AnchorContract {
    return new AnchorContract({ ...this.#access, secret }, this.address);
  }

  /** Sends an act as a real transaction and judges its receipt; a refusal tells the contract's own error. */
  async send(functionName: string, args: readonly unknown[]): Promise<Outcome> {
    const hash = await this.#wallet.writeContract({
      address: this.address,
      abi: anchorContractAbi,
      functionName,
      args,
      gas: gasOfAct,
      ...feeOf(this.#access),
    } as never);
    const receipt = await this.#public.waitForTransactionReceipt({ hash, timeout: receiptMsMax });
    if (receipt.status === "success") return { ok: true, hash, blockNumber: Number(receipt.blockNumber), logs: receipt.logs };
    return { ok: false, reason: await this.#reasonOf(functionName, args, receipt.blockNumber) };
  }

  /** The last anchored head. */
  async head(): Promise<{ index: number; root: string; size: number } | undefined> {
    const count = Number(await this.#read("headCount", []));
    if (count === 0) return undefined;
    const [root, size] = (await this.#read("headAt", [BigInt(count - 1)])) as [Hex, bigint];
    return { index: count - 1, root: root.slice(2), size: Number(size) };
  }

  /** Anchors a head after the last one there and gives what a bundle carries (evidence-v1 §7). */
  async anchor(root: string, size: number): Promise<{ ok: true; record: AnchorRecord } | { ok: false; reason: string }> {
    const last = await this.head();
    const outcome = await this.send("anchor", [`0x${root}`, BigInt(size), `0x${last?.root ?? "0".repeat(64)}`]);
    if (!outcome.ok) return outcome;
    const [log] = outcome.logs;
    if (!log?.blockHash) throw new Error("the receipt has no Anchored log");
    const [topic0 = "", index = "", rootTopic = ""] = log.topics.map((topic) => topic.slice(2));
    const record = {
      chainId: this.#access.chainId,
      contract: this.address.slice(2).toLowerCase(),
      txHash: outcome.hash.slice(2),
      blockNumber: outcome.blockNumber,
      blockHash: log.blockHash.slice(2),
      topics: [topic0, index, rootTopic] as [string, string, string],
      data: log.data.slice(2),
    };
    return { ok: true, record };
  }

  async #read(functionName: string, args: readonly unknown[]): Promise<unknown> {
    return this.#public.readContract({ address: this.address, abi: anchorContractAbi, functionName, args });
  }

  /** Why it was reverted: the same call again on the state before its block; only the name of the error is taken from it. */
  async #reasonOf(functionName: string, args: readonly unknown[], blockNumber: bigint): Promise<string> {
    try {
      await this.#public.simulateContract({
        address: this.address,
        abi: anchorContractAbi,
        functionName,
        args,
        account: this.#wallet.account,
        blockNumber,
      });
      return "reverted";
    } catch (error) {
      const data = revertDataOf(error);
      return data === undefined ? "reverted" : decodeErrorResult({ abi: anchorContractAbi, data }).errorName;
    }
  }
}

/** Asks each endpoint whether the anchor stands in its chain: two that say so make it confirmed (evidence-v1 §8). */
export async function confirmAnchor(record: AnchorRecord, rpcUrls: readonly string[]): Promise<{ url: string; confirms: boolean }[]> {
  return Promise.all(rpcUrls.map(async (url) => ({ url, confirms: await standsAt(record, url).catch(() => false) })));
}

async function standsAt(record: AnchorRecord, url: string): Promise<boolean> {
  const client = createPublicClient({ transport: http(url, { retryCount: 0, timeout: 10_000 }) });
  if ((await client.getChainId()) !== record.chainId) return false;
  const receipt = await client.getTransactionReceipt({ hash: `0x${record.txHash}` });
  return (
    receipt.status === "success" && receipt.blockHash === `0x${record.blockHash}` && receipt.logs.some((log) => isRecorded(log, record))
  );
}

function isRecorded({ address, topics, data }: Log, record: AnchorRecord): boolean {
  const sameTopics = topics.length === 3 && topics.every((topic, i) => topic === `0x${record.topics[i]}`);
  return address.toLowerCase() === `0x${record.contract}` && sameTopics && data === `0x${record.data}`;
}

/** The oldest form of a transaction, which every chain of this kind takes. */
function feeOf({ gasPrice = 0n }: ChainAccess) {
  return { type: "legacy" as const, gasPrice };
}

function chainOf({ chainId, rpcUrls }: ChainAccess) {
  return defineChain({
    id: chainId,
    name: "evidence",
    nativeCurrency: { name: "none", symbol: "NONE", decimals: 18 },
    rpcUrls: { default: { http: rpcUrls } },
  });
}

function revertDataOf(error: unknown): Hex | undefined {
  for (
    let at = error as { cause?: unknown; raw?: Hex; data?: unknown } | undefined;
    at !== undefined && at !== null;
    at = at.cause as typeof at
  ) {
    if (typeof at.raw === "string") return at.raw;
    if (typeof at.data === "string") return at.data as Hex;
  }
  return undefined;
}
