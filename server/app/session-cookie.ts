/**
 * The one cookie of the portal (decisions §7): `__Host-` binds it to this very host and to the whole site, Strict
 * keeps it from every foreign page. Browsers take `Secure` on http://localhost too, the only plain address we allow.
 */
const name = "__Host-egret";

export function sessionCookie(token: string): string {
  return `${name}=${token}; Path=/; Secure; HttpOnly; SameSite=Strict`;
}

export const endedCookie = `${name}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0`;

export function cookieToken(header: string | undefined): string | undefined {
  return new RegExp(`(?:^|; )${name}=([0-9a-f]{64})(?:;|$)`).exec(header ?? "")?.[1];
}
