/** Signing in and one's own account: certificate, passkey, phone; sessions that end; the self-test before a deadline. */
import type { Page } from "@playwright/test";
import { expect, look, test } from "./journey.ts";

/** A real authenticator of the browser, in software. */
async function withAuthenticator(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  await client.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test("a bidder signs in by certificate, registers a passkey, leaves, and comes back by it", async ({ city, visitors }) => {
  await city.reach("enrolled");
  const page = await visitors.signedOut();
  await withAuthenticator(page);
  await page.goto("/");
  await page.getByRole("link", { name: "登录" }).first().click();
  await look(page);
  await page.getByLabel("使用谁的证书").selectOption({ label: "林小满 · 闽海筑城建工集团有限公司" });
  await page.getByRole("button", { name: "签署并登录" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /林小满/ })).toBeVisible();

  await page.getByRole("link", { name: "账号与安全" }).click();
  await expect(page.getByRole("cell", { name: "本次" })).toBeVisible();
  await page.getByLabel("名称").fill("办公室电脑");
  await page.getByRole("button", { name: "登记通行密钥" }).click();
  await expect(page.getByRole("cell", { name: "办公室电脑", exact: true })).toBeVisible();
  await look(page);

  await page.getByRole("button", { name: "退出登录" }).click();
  await page.goto("/sign-in");
  await page.getByRole("button", { name: "使用通行密钥" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /林小满/ })).toBeVisible();
});

test("the self-test says that this device, the certificate and the platform can sign", async ({ city, visitors }) => {
  await city.reach("enrolled");
  const page = await visitors.as("person-030");
  await page.goto("/self-test");
  await page.getByRole("button", { name: "开始自检" }).click();
  await expect(page.getByText("可以签名与密封")).toBeVisible();
  await expect(page.getByText(/^签名有效，证书链与状态核验通过/)).toBeVisible();
  await look(page);
});

test("a phone that is signed in approves a sign-in; the other screen's session can be ended there", async ({ city, visitors }) => {
  await city.reach("enrolled");
  const screen = await visitors.signedOut();
  await screen.goto("/sign-in");
  await screen.getByRole("button", { name: "显示二维码" }).click();
  const digits = (await screen.locator(".phone-digits").textContent()) ?? "";
  const address = (await screen.locator(".phone-address").textContent()) ?? "";
  await look(screen);
  const phone = await visitors.as("person-032");
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.goto(address);
  await phone.getByLabel("另一块屏幕上显示的两位数字").fill(digits);
  await look(phone);
  await phone.getByRole("button", { name: "确认登录" }).click();
  await expect(phone.getByText("已确认，另一块屏幕正在登录。")).toBeVisible();
  await expect(screen).toHaveURL(/\/w\/bidder$/);

  await phone.goto("/account");
  await phone
    .getByRole("row", { name: /手机扫码/ })
    .getByRole("button", { name: /结束/ })
    .click();
  await expect(phone.getByRole("row", { name: /手机扫码/ })).toHaveCount(0);
  await look(phone);
});
