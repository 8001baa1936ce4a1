/** What a person does in the portal, in the words of the portal: become somebody, do what is due, sign. */
import { expect, type Page } from "@playwright/test";

/** One browser page, in the hands of whoever is signed in. */
export class Hands {
  readonly page: Page;
  readonly url: string;
  readonly lotId: string;
  constructor(page: Page, url: string, lotId: string) {
    this.page = page;
    this.url = url;
    this.lotId = lotId;
  }

  async open(path: string): Promise<void> {
    await this.page.goto(this.url + path);
  }

  /** Becomes a person by name in the role switcher. */
  async become(name: string): Promise<void> {
    await this.open("/sandbox");
    await this.page.getByPlaceholder("按姓名、单位或职务查找").fill(name);
    await this.page.getByRole("button", { name: new RegExp(`切换.*${name}`) }).click();
    await expect(this.page.getByRole("heading", { name: new RegExp(`^${name}，`) })).toBeVisible({ timeout: 20_000 });
  }

  /** Becomes the public again. */
  async leave(): Promise<void> {
    await this.open("/sandbox");
    await this.page.getByRole("button", { name: "回到社会公众" }).click();
    await expect(this.page.getByText("社会公众（未登录）").first()).toBeVisible();
  }

  /** Opens the lot in the workbench of the role and the due step with this title. */
  async begin(role: string, title: RegExp): Promise<void> {
    await this.open(`/w/${role}/lots/${this.lotId}`);
    const line = this.page.locator(".todo", { hasText: title });
    await line.getByRole("link", { name: "办理" }).first().click();
    await expect(this.page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  }

  /** Confirms and signs what the dialog shows. */
  async sign(): Promise<void> {
    await this.page.getByRole("button", { name: "签名并提交" }).click();
    await expect(this.page.getByRole("dialog")).toBeHidden({ timeout: 30_000 });
  }

  /** Sends the form of the page and signs. */
  async submit(): Promise<void> {
    await this.page.locator("main button[type=submit]").last().click();
    await this.sign();
    await expect(this.page.getByRole("status").getByRole("heading", { name: "已完成" })).toBeVisible();
  }

  /** Lets the sandbox clock jump to the next due row until the milestone of the lot is reached. */
  async passMilestone(name: string): Promise<void> {
    await expect
      .poll(
        async () => {
          if (await this.isReached(name)) return true;
          await this.page.request.post(`${this.url}/api/v1/sandbox/clock/jump`, { data: { to: "nextDue" } });
          return this.isReached(name);
        },
        { timeout: 60_000 },
      )
      .toBe(true);
  }

  private async isReached(name: string): Promise<boolean> {
    const answer = await this.page.request.get(`${this.url}/api/v1/lots/${this.lotId}`);
    const lot = (await answer.json()) as { milestones: { name: string; reachedAt: string | null }[] };
    return lot.milestones.some((milestone) => milestone.name === name && milestone.reachedAt !== null);
  }
}
