/** A browser as far as sign-in needs one: it keeps cookies by path and follows redirects one at a time. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();

  /** The portal's own cookie, as after any sign-in. */
  enter(token: string): void {
    this.#cookies.set("__Host-egret", { value: token, path: "/" });
  }

  async get(url: string): Promise<Response> {
    const { pathname } = new URL(url);
    const cookie = [...this.#cookies].filter(([, { path }]) => pathname.startsWith(path)).map(([name, { value }]) => `${name}=${value}`);
    const answer = await fetch(url, { redirect: "manual", headers: cookie.length > 0 ? { cookie: cookie.join("; ") } : {} });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const path = /; path=([^;]+)/i.exec(line)?.[1] ?? "/";
      if (value === "" || /expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(name);
      else this.#cookies.set(name, { value, path });
    }
    return answer;
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
