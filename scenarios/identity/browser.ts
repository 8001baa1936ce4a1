/** A browser as far as sign-in needs one: it keeps cookies by path and follows redirects one at a time. */
export class Browser {
  /** By host and name: ports are ignored, as browsers do. */
  readonly #cookies = new Map<string, { host: string; name: string; value: string; path: string }>();

  /** The portal's own cookie, as after any sign-in. */
  enter(token: string): void {
    this.#keep({ host: "localhost", name: "__Host-egret", value: token, path: "/" });
  }

  get(url: string): Promise<Response> {
    return this.#send(url, { method: "GET" });
  }

  /** @returns the status. */
  async post(url: string, body: string): Promise<number> {
    return (await this.#send(url, { method: "POST", body })).status;
  }

  async #send(url: string, init: { method: string; body?: string }): Promise<Response> {
    const { hostname, pathname } = new URL(url);
    const cookies = [...this.#cookies.values()].filter(({ host, path }) => host === hostname && pathname.startsWith(path));
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    // Names below localhost are this machine for a browser; for a plain resolver they are not.
    const target = hostname.endsWith(".localhost") ? url.replace(hostname, "127.0.0.1") : url;
    const answer = await fetch(target, { ...init, redirect: "manual", headers: cookie ? { cookie } : {} });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const path = /; path=([^;]+)/i.exec(line)?.[1] ?? "/";
      if (value === "" || /expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(`${hostname} ${name}`);
      else this.#keep({ host: hostname, name, value, path });
    }
    return answer;
  }

  #keep(cookie: { host: string; name: string; value: string; path: string }): void {
    this.#cookies.set(`${cookie.host} ${cookie.name}`, cookie);
  }

  /** Follows redirects and our own bounce page until an address of another origin is called. @returns that address. */
  async walk(url: string, stopAt: string): Promise<URL> {
    let next = url;
    for (let steps = 0; steps < 12; steps++) {
      const answer = await this.get(next);
      const location =
        answer.headers.get("location") ??
        /location\.replace\("([^"]*)"\+"([^"]*)"\)/
          .exec(await answer.text())
          ?.slice(1)
          .join("");
      if (!location) throw new Error(`${next} leads nowhere: ${answer.status}`);
      next = new URL(location, next).href;
      if (next.startsWith(stopAt)) return new URL(next);
    }
    throw new Error("the walk does not end");
  }
}
