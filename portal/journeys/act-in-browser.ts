/** One act in the browser, as a person does it: found on the workbench, filled in, confirmed, signed, acknowledged. */
import type { Page } from "@playwright/test";
import type { ActAnswer } from "../../scenarios/driver/story-person.ts";
import { expect } from "./journey.ts";

export interface Place {
  role: string;
  /** Absent for acts outside any lot. */
  lotId?: string;
  act: string;
  /** Words of the link, where a desk offers the act for one of several things. */
  link?: string;
  /** The page that offers the act, where it is not the workbench. */
  from?: string;
}

/** Opens the act from the page that lists what the person may do. */
export async function findAct(page: Page, { role, lotId, act, link, from }: Place): Promise<void> {
  await page.goto(from ?? (lotId ? `/w/${role}/lots/${lotId}` : `/w/${role}`));
  const links = page.locator(`main a[href*="/${act}"]`);
  const wanted = (link ? links.filter({ hasText: link }) : links).first();
  await wanted.waitFor({ state: "attached" });
  if (!(await wanted.isVisible()))
    await page
      .locator("details", { has: page.locator(`a[href*="/${act}"]`) })
      .locator("summary")
      .first()
      .click();
  await wanted.click();
  await expect(page.locator("main h1")).not.toContainText("正在读取");
}

/** Fills the page's form; what it leaves as it is was suggested by the server. */
export type Fill = (page: Page) => Promise<void>;

/** Does the act. @returns what the server answered to the page. */
export async function actInBrowser(page: Page, place: Place, fill: Fill = async () => {}): Promise<ActAnswer> {
  await findAct(page, place);
  await fill(page);
  return sign(page, place.act, () => page.locator("main button.large:is(.primary, .live)").last().click());
}

/** Presses the button of the form, then signs in the dialog. */
export async function sign(page: Page, act: string, press: () => Promise<void>): Promise<ActAnswer> {
  await press();
  const button = page.getByRole("dialog").getByRole("button", { name: "签名并提交" });
  const [response] = await Promise.all([page.waitForResponse((answer) => answer.url().endsWith(`/acts/${act}`)), button.click()]);
  const answer = { status: response.status(), body: (await response.json()) as unknown };
  if (response.ok()) await expect(page.getByRole("dialog")).toBeHidden();
  return answer;
}

/** Fills the form with what the person of the story would have sent: long forms from a file, short ones by their labels. */
export function typed(data: unknown): Fill {
  return async (page) => {
    await expect(page.locator("main form")).toBeVisible();
    const file = page.locator('main input[type="file"][accept*="json"]');
    if ((await file.count()) === 0) return typeByLabel(page, data as Readonly<Record<string, unknown>>);
    await file.setInputFiles({ name: "data.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(data)) });
    await expect(page.getByText("已填入，请核对")).toBeVisible();
  };
}

async function typeByLabel(page: Page, data: Readonly<Record<string, unknown>>): Promise<void> {
  const titles = await titlesOn(page);
  for (const [name, value] of Object.entries(data)) {
    const field = page
      .locator("main")
      .getByLabel(new RegExp(`^${titles.get(name)?.replace(/[（）]/g, ".")}`))
      .first();
    if (value === null || typeof value === "object" || (await field.count()) === 0) continue;
    const kind = await field.evaluate((element) => (element instanceof HTMLInputElement ? element.type : element.tagName));
    if (kind === "SELECT") await field.selectOption(String(value));
    else if (kind === "checkbox") await field.setChecked(value === true);
    else await field.fill(String(value));
  }
}

/** Labels of the act on this page, as the interface names them. */
async function titlesOn(page: Page): Promise<ReadonlyMap<string, string>> {
  const act = decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1) ?? "");
  const { items } = (await (await page.request.get("/api/v1/acts")).json()) as {
    items: { name: string; data: { properties?: Record<string, { title?: string }> } }[];
  };
  const properties = items.find(({ name }) => name === act)?.data.properties ?? {};
  return new Map(Object.entries(properties).map(([name, { title }]) => [name, title ?? name]));
}
