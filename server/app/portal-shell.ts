/**
 * The portal's page as the server renders it: each answer carries a fresh nonce, and only scripts with it run
 * (decisions §7). Nothing of another host is loaded; in a sandbox the wallet is the one address beside our own.
 */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyReply } from "fastify";

/** On every answer, page or not. */
export const pageHeaders: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Frame-Options": "DENY",
  "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
  "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
};

/** `style-src-attr` stays closed: styles of elements are set by script, which the policy does not count as markup. */
export function contentSecurityPolicy(nonce: string, wallet: string | undefined): string {
  const connect = wallet ? `'self' ${new URL(wallet).origin}` : "'self'";
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    // The build lays small font slices into our own style sheet.
    "font-src 'self' data:",
    `connect-src ${connect}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types default",
  ].join("; ");
}

/** The one Trusted Types policy: workers and scripts of our own host; nothing ever becomes markup. */
const trustedTypes =
  'window.trustedTypes?.createPolicy("default",{createScriptURL(text){const url=new URL(text,location.href);if(url.origin!==location.origin)throw new TypeError("a script of another host");return url.href}})';

export class Shell {
  readonly #folder: string;
  readonly #wallet: string | undefined;

  constructor(folder: string, wallet: string | undefined) {
    this.#folder = folder;
    this.#wallet = wallet;
  }

  /** `signedIn` is written on the page, so that a visitor's page need not ask who it is. */
  send(reply: FastifyReply, signedIn: boolean): FastifyReply {
    const nonce = randomBytes(16).toString("base64url");
    // Read anew each time: a newer build may have been laid there.
    const page = readFileSync(join(this.#folder, "index.html"), "utf8")
      .replace("<html", signedIn ? "<html data-session" : "<html")
      .replace("<head>", `<head><script>${trustedTypes}</script>`)
      .replaceAll(/<(script|style|link rel="(?:modulepreload|stylesheet)")/g, `<$1 nonce="${nonce}"`);
    return reply
      .header("Content-Security-Policy", contentSecurityPolicy(nonce, this.#wallet))
      .header("Cache-Control", "no-store")
      .type("text/html; charset=utf-8")
      .send(page);
  }
}
