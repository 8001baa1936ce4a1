/**
 * The platform's HTTP interface as the command line uses it: the same doors as the portal's (architecture §7).
 * Sealing is refused towards any address that is neither https nor this machine: over plain HTTP somebody on the way
 * could give another ceremony key.
 */
import { type ActSigner, signCommandWith } from "../../formats/act-signers.ts";
import { hex } from "../../formats/bytes.ts";
import type { Random, SealCeremony, SealReceipt } from "../../formats/seal/index.ts";
import type { SealingTransport } from "./seal-and-submit.ts";
import { uploadPiece } from "./upload-piece.ts";

export interface HttpPerson {
  membership: string;
  /** Token of an open session. */
  session: string;
  /** Signs acts in the bidder's family. */
  signer: ActSigner;
}

export interface HttpTransport extends SealingTransport {
  /** What the lot tells before sealing. */
  readPlace(lotId: string): Promise<{ ceremony: SealCeremony; bidderId: string; version: number }>;
}

/** One sentence when bids may not be sealed towards this address, else undefined. */
export function findAddressFault(server: string): string | undefined {
  const url = URL.parse(server);
  const isHere = url !== null && (/(^|\.)localhost$/.test(url.hostname) || url.hostname === "127.0.0.1" || url.hostname === "[::1]");
  const isSecure = url?.protocol === "https:" || (url?.protocol === "http:" && isHere);
  return isSecure ? undefined : "只能向 https 或 http://localhost 的平台密封投标文件，请改用安全的地址。";
}

/** @throws Error with one sentence when the address is not secure. */
export function openHttpTransport(
  server: string,
  person: HttpPerson,
  tools: { random: Random; onWaiting(reason: string): void },
): HttpTransport {
  const fault = findAddressFault(server);
  if (fault !== undefined) throw new Error(fault);
  const origin = new URL(server).origin;
  const headers = { authorization: `Bearer ${person.session}`, "egret-membership": person.membership };
  const read = async <T>(path: string): Promise<T> => answerOf<T>(await fetch(`${origin}/api/v1${path}`, { headers }));
  return {
    async readPlace(lotId) {
      const { ceremony } = await read<{ ceremony: SealCeremony | null }>(`/lots/${encodeURIComponent(lotId)}/ceremony`);
      if (ceremony === null) throw new Error("本标段的密钥仪式尚未完成，现在不能密封。");
      const own = await read<{ partyId: string; nextVersion: number }>(`/lots/${encodeURIComponent(lotId)}/own-bid`);
      return { ceremony, bidderId: own.partyId, version: own.nextVersion };
    },
    putPiece: (name, bytes) =>
      uploadPiece(name, bytes, {
        fetch: (path, init) => fetch(origin + path, { ...init, headers: { ...(init.headers as Record<string, string>), ...headers } }),
        wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        membership: person.membership,
        onWaiting: tools.onWaiting,
      }),
    async submit(lotId, submission) {
      const commandId = `cmd_${hex(tools.random(16))}`;
      const named = { act: "bid.seal", membership: person.membership, lotId };
      const { nonce } = await answerOf<{ nonce: string }>(
        await fetch(`${origin}/api/v1/acts/nonces`, {
          method: "POST",
          headers: { ...headers, "content-type": "application/json" },
          body: JSON.stringify(named),
        }),
      );
      const command = { v: 1 as const, ...named, commandId, data: submission, nonce };
      const body = JSON.stringify(await signCommandWith(command, person.signer));
      const post = () =>
        fetch(`${origin}/api/v1/acts/bid.seal`, {
          method: "POST",
          headers: { ...headers, "content-type": "application/json", "idempotency-key": commandId },
          body,
        });
      const answer = await answerOf<{ result: { receipt: SealReceipt } }>(await again(post, tools.onWaiting));
      return answer.result.receipt;
    },
  };
}

/** A lost answer is asked for again under the same key, which gives the same answer. */
async function again(post: () => Promise<Response>, onWaiting: (reason: string) => void): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await post();
      if (response.status < 500 || attempt === 5) return response;
      onWaiting(String(response.status));
    } catch (error) {
      if (attempt === 5) throw error;
      onWaiting(error instanceof Error ? error.message : String(error));
    }
    await new Promise((resolve) => setTimeout(resolve, 500 * attempt));
  }
}

async function answerOf<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  const problem = readProblem(text);
  throw new Error(problem.title ? `${problem.title}${problem.code ? `（${problem.code}）` : ""}` : `平台回答 ${response.status}。`);
}

function readProblem(text: string): { title?: string; code?: string } {
  try {
    return JSON.parse(text) as { title?: string; code?: string };
  } catch {
    return {};
  }
}
