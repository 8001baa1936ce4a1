/**
 * Sign-in of a connected trading system at the platform's issuer (trading-system-access.md §3): code flow with PKCE and
 * a pushed request, by the system's own key. What the platform sends back is judged whole — issuer, state, nonce, code —
 * and a session here ends when the platform says so.
 */
import { createRemoteJWKSet, jwtVerify } from "jose";
import * as client from "openid-client";

export interface Session {
  readonly sub: string;
  readonly sid: string;
  readonly accessToken: string;
  readonly membership: string | null;
}

interface Started {
  readonly verifier: string;
  readonly nonce: string;
  readonly back: string;
}

export interface SignInWish {
  readonly issuer: string;
  readonly systemCode: string;
  readonly key: CryptoKey;
  readonly redirectUri: string;
  readonly now: () => number;
}

/** Paths that a person may come back to; anything else becomes the home page, wherever it wished to lead. */
export function registeredPath(back: string | null | undefined): string {
  return /^\/(?:lots|forms)\/[A-Za-z0-9_.]{1,64}$/.test(back ?? "") ? (back as string) : "/";
}

export class SignIn {
  readonly #wish: SignInWish;
  readonly #config: client.Configuration;
  readonly #keys: ReturnType<typeof createRemoteJWKSet>;
  readonly #started = new Map<string, Started>();
  readonly #usedLinks = new Map<string, number>();

  private constructor(wish: SignInWish, config: client.Configuration) {
    this.#wish = wish;
    this.#config = config;
    this.#keys = createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri ?? ""));
  }

  static async at(wish: SignInWish): Promise<SignIn> {
    const auth = client.PrivateKeyJwt({ key: wish.key, kid: "k1" });
    // Plain HTTP exists in a sandbox on this machine only.
    const execute = new URL(wish.issuer).protocol === "http:" ? [client.allowInsecureRequests] : [];
    return new SignIn(
      wish,
      await client.discovery(new URL(wish.issuer), wish.systemCode, { id_token_signed_response_alg: "ES256" }, auth, { execute }),
    );
  }

  async start(back: string): Promise<string> {
    const [verifier, nonce, state] = [client.randomPKCECodeVerifier(), client.randomNonce(), client.randomState()];
    this.#started.set(state, { verifier, nonce, back: registeredPath(back) });
    const parameters = {
      redirect_uri: this.#wish.redirectUri,
      scope: "openid",
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      nonce,
      state,
    };
    return (await client.buildAuthorizationUrlWithPAR(this.#config, parameters)).href;
  }

  /** @returns undefined when anything of the answer does not hold; a state is taken once. */
  async finish(current: URL): Promise<{ session: Session; back: string } | undefined> {
    const state = current.searchParams.get("state") ?? "";
    const started = this.#started.get(state);
    this.#started.delete(state);
    if (!started) return undefined;
    try {
      const tokens = await client.authorizationCodeGrant(this.#config, current, {
        pkceCodeVerifier: started.verifier,
        expectedNonce: started.nonce,
        expectedState: state,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      const info = await client.fetchUserInfo(this.#config, tokens.access_token, String(claims?.sub));
      return {
        back: started.back,
        session: {
          sub: String(claims?.sub),
          sid: String(claims?.sid),
          accessToken: tokens.access_token,
          membership: (info.membership as string | null) ?? null,
        },
      };
    } catch {
      return undefined;
    }
  }

  /** Asked at each use, never kept: in which membership does the person work now? Undefined when the platform no longer says. */
  async membershipNow({ accessToken, sub }: Session): Promise<string | undefined> {
    try {
      return ((await client.fetchUserInfo(this.#config, accessToken, sub)).membership as string | null) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** The session that the platform ends; undefined when it is not the platform who says so. */
  async endedBy(logoutToken: string): Promise<string | undefined> {
    const payload = await this.#verified(logoutToken);
    const isLogout =
      typeof payload?.events === "object" &&
      "http://schemas.openid.net/event/backchannel-logout" in (payload.events as object) &&
      payload.nonce === undefined;
    return isLogout ? String(payload.sid) : undefined;
  }

  /** A link of the platform into this system: by it, for us, for at most a minute, once. */
  async openLink(ctx: string, wish: { target: string; id: string }): Promise<{ sub: string } | undefined> {
    const payload = await this.#verified(ctx, "egret-link+jwt");
    const now = this.#wish.now();
    for (const [jti, end] of this.#usedLinks) if (end < now) this.#usedLinks.delete(jti);
    if (!payload || payload.target !== wish.target || payload.id !== wish.id || typeof payload.jti !== "string") return undefined;
    if ((payload.exp ?? 0) - (payload.iat ?? 0) > 60 || this.#usedLinks.has(payload.jti)) return undefined;
    this.#usedLinks.set(payload.jti, (payload.exp ?? 0) * 1000 + 1000);
    return { sub: String(payload.sub) };
  }

  /** A token of the platform for us, as a caller of our doors shows it. */
  async isForUs(token: string): Promise<boolean> {
    return (await this.#verified(token)) !== undefined;
  }

  async #verified(token: string, typ?: string) {
    const { issuer, systemCode: audience, now } = this.#wish;
    return jwtVerify(token, this.#keys, {
      issuer,
      audience,
      algorithms: ["ES256"],
      currentDate: new Date(now()),
      ...(typ ? { typ } : {}),
    }).then(
      ({ payload }) => payload,
      () => undefined,
    );
  }
}
