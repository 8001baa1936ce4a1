/**
 * Nonces that name an act. They are not stored: a row per wish would show, before the opening, who is about to seal
 * (security.md §5.2). A nonce is its own proof — end, chance, and a MAC over what it names — and is good for one
 * command; the same command repeated gets its first answer before anybody asks for the nonce again.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { concat, hex } from "../../../formats/bytes.ts";
import { jcs } from "../../../formats/jcs.ts";
import type { NonceWish } from "../../../formats/step-up.ts";
import { type Random, type Refusal, refuse } from "../../kernel/index.ts";

const lifeMs = 120_000;

export interface NoncesWish {
  secret: Uint8Array;
  /** Machine time (decisions §1). */
  machineNow: () => number;
  random: Random;
}

export class ActNonces {
  readonly #key: Uint8Array;
  readonly #wish: NoncesWish;
  /** Used ones by their end; forgotten when that is past. */
  readonly #used = new Map<string, number>();

  constructor(wish: NoncesWish) {
    this.#wish = wish;
    this.#key = createHmac("sha256", wish.secret).update("egret/v1 act nonce").digest();
  }

  issue(wish: NonceWish): { nonce: string; expiresAt: string } {
    const endsMs = this.#wish.machineNow() + lifeMs;
    const head = endsMs.toString(16).padStart(12, "0") + hex(this.#wish.random.bytes(8));
    return { nonce: head + this.#macOf(head, wish), expiresAt: new Date(endsMs).toISOString() };
  }

  /** Takes the nonce for one command. @returns a refusal, or undefined; `giveBack` when the command came to nothing. */
  take(nonce: string | undefined, wish: NonceWish): Refusal | undefined {
    if (nonce === undefined) return stepUpRefusal("missing", wish.act);
    const now = this.#wish.machineNow();
    for (const [old, endsMs] of this.#used) if (endsMs < now) this.#used.delete(old);
    const head = nonce.slice(0, 28);
    const isOurs = timingSafeEqual(Buffer.from(nonce.slice(28).padEnd(36, " ")), Buffer.from(this.#macOf(head, wish)));
    if (!isOurs) return stepUpRefusal("other", wish.act);
    const endsMs = Number.parseInt(head.slice(0, 12), 16);
    if (endsMs < now) return stepUpRefusal("over", wish.act);
    if (this.#used.has(nonce)) return stepUpRefusal("used", wish.act);
    this.#used.set(nonce, endsMs);
    return undefined;
  }

  giveBack(nonce: string): void {
    this.#used.delete(nonce);
  }

  #macOf(head: string, { act, membership, lotId }: NonceWish): string {
    return createHmac("sha256", this.#key)
      .update(concat(head, "\n", jcs({ act, membership, lotId })))
      .digest("hex")
      .slice(0, 36);
  }
}

function stepUpRefusal(reason: "missing" | "other" | "over" | "used", act: string): Refusal {
  return refuse("act.step-up-needed", {
    law: "电子签名法",
    article: "第十三条",
    message: "这个行为需要本人此刻的确认：请取得新的确认码并重新签名。",
    messageEn: "This act needs a fresh confirmation: take a new nonce for it and sign again.",
    data: { reason, act },
    whatToDo: "在两分钟内确认并签名。",
  });
}
