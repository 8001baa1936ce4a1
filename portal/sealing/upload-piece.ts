/** Sends one piece and does not give up on a broken line: the same bytes under the same name may be sent again. */

/** Everything the upload needs from its surroundings. */
export type UploadParts = {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly wait: (ms: number) => Promise<void>;
  readonly membership: string | undefined;
  readonly onWaiting: (reason: string) => void;
};

const attempts = 60;
const longestWaitMs = 10_000;

/** Resolves when the server has the piece. @throws Error when the server refuses it, or after many attempts. */
export async function uploadPiece(name: string, bytes: Uint8Array<ArrayBuffer>, parts: UploadParts): Promise<void> {
  let reason = "";
  for (let attempt = 0; attempt < attempts; attempt++) {
    if (attempt > 0) await parts.wait(Math.min(longestWaitMs, 250 * 2 ** attempt));
    try {
      const response = await parts.fetch(`/api/v1/chunks/${name}`, {
        method: "PUT",
        credentials: "same-origin",
        headers: { "content-type": "application/octet-stream", ...(parts.membership ? { "egret-membership": parts.membership } : {}) },
        body: bytes,
      });
      if (response.ok) return;
      reason = `${response.status} ${await response.text()}`;
      if (response.status < 500 && response.status !== 429) throw new RangeError(reason);
    } catch (error) {
      if (error instanceof RangeError) throw new Error(error.message);
      reason = error instanceof Error ? error.message : String(error);
    }
    parts.onWaiting(reason);
  }
  throw new Error(reason);
}
