/**
 * What every journey has: the city, pages of its people, and a look at a page that fails on what a person would suffer
 * from — an accessibility violation, an error in the console, a page wider than a phone, an id where a name should stand.
 */
import AxeBuilder from "@axe-core/playwright";
import { type Browser, type BrowserContext, test as base, type Page, expect as plainExpect } from "@playwright/test";
import { JourneyCity } from "./journey-city.ts";

/** How long a page may take for one step on a busy machine. */
const patience = 20_000;
/** Waits for states as long as for steps. */
export const expect = plainExpect.configure({ timeout: patience });
const phone = { width: 390, height: 844 };
const desk = { width: 1440, height: 900 };

/** Opens pages as people of the story, or as the public. */
export class Visitors {
  readonly #browser: Browser;
  readonly #city: JourneyCity;
  readonly #contexts: BrowserContext[] = [];
  readonly faults: string[] = [];

  constructor(browser: Browser, city: JourneyCity) {
    this.#browser = browser;
    this.#city = city;
  }

  /** A page of somebody without an account. */
  async public(): Promise<Page> {
    return this.#page(await this.#browser.newContext({ baseURL: this.#city.url, viewport: desk }), () => false);
  }

  /** A page of somebody who is about to sign in: the browser prints the 401 by which the page learns that nobody is in yet. */
  async signedOut(): Promise<Page> {
    const context = await this.#browser.newContext({ baseURL: this.#city.url, viewport: desk });
    return this.#page(context, (text) => /status of 40[14]/.test(text));
  }

  /** A page of a person of the story, signed in as after the sandbox's switch. */
  async as(key: string): Promise<Page> {
    const { personId, membershipId } = this.#city.world.as(key);
    const context = await this.#browser.newContext({ baseURL: this.#city.url, viewport: desk });
    await context.request.post("/api/v1/sandbox/sessions", { data: { personId } });
    await context.addInitScript((id) => sessionStorage.setItem("egret.membership", id), membershipId);
    // What is not there yet answers 404, which the browser prints as an error; a party of a lot may ask for it.
    return this.#page(context, (text) => /status of 404/.test(text));
  }

  async leave(): Promise<void> {
    for (const context of this.#contexts.splice(0)) await context.close();
  }

  /** `isPlain` tells what is no fault of a page. A visitor's page has no such words: it asks for nothing that it may not know of. */
  async #page(context: BrowserContext, isPlain: (text: string) => boolean): Promise<Page> {
    this.#contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    page.on("pageerror", (error) => this.faults.push(`${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error" && !isPlain(message.text())) this.faults.push(`${page.url()}: ${message.text()}`);
    });
    return page;
  }
}

/** Ids, names of acts and of fields: they belong to programs. */
const programWords =
  /\b[a-z]{3}_[0-9A-Z]{20,}|\b(?:cer|doc|ntc|que|dep|gua|bid|opn|drw|cmt|evl|sht|awd|rem|con|arc)\.[a-z]\w+|\b[a-z]+[A-Z]\w+\b|\bundefined\b|\bNaN\b/g;

/** Pictures of the documents that a look takes on the way: by their file names below docs/pictures. */
type Pictures = { desk?: string; phone?: string };

/** Renews a picture of the documents when EGRET_PICTURES is set, so that they show the portal as the journeys meet it. */
async function renew(page: Page, name: string | undefined): Promise<void> {
  if (!name || !process.env.EGRET_PICTURES) return;
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: `docs/pictures/${name}.png` });
}

/** Looks at a page as it stands now. */
export async function look(page: Page, pictures: Pictures = {}): Promise<void> {
  await expect(page.locator("h1").first()).toBeAttached();
  await expect(page.locator("body")).not.toContainText("正在读取");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" ")}`)).toEqual([]);
  await renew(page, pictures.desk);
  await page.setViewportSize(phone);
  await renew(page, pictures.phone);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
  await page.setViewportSize(desk);
  // biome-ignore lint/performance/useDomNodeTextContent: only words that are shown can leak.
  expect((await page.locator("body").innerText()).match(programWords) ?? []).toEqual([]);
}

type Own = { visitors: Visitors };
type Shared = { city: JourneyCity };

export const test = base.extend<Own, Shared>({
  city: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
    async ({}, use) => {
      const city = await JourneyCity.open();
      await use(city);
      await city.close();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  visitors: async ({ browser, city }, use) => {
    const visitors = new Visitors(browser, city);
    await use(visitors);
    await visitors.leave();
    expect(visitors.faults).toEqual([]);
  },
});
