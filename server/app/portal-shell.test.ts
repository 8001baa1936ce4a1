/** The portal's page: a nonce of its own each time, on every script; nothing of another host; the same headers on every answer. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import Fastify from "fastify";
import { contentSecurityPolicy, pageHeaders, Shell } from "./portal-shell.ts";

const folder = mkdtempSync(join(tmpdir(), "egret-shell-"));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(
  join(folder, "index.html"),
  '<html><head><link rel="modulepreload" href="/a.js"><link rel="icon" href="/i.svg"></head><body><script type="module" src="/a.js"></script></body></html>',
);

test("each page has its own nonce, and every script carries it", async () => {
  const edge = Fastify();
  const shell = new Shell(folder, "http://127.0.0.1:7777/");
  edge.get("/", (_, reply) => shell.send(reply, false));
  const [one, two] = [await edge.inject("/"), await edge.inject("/")];
  const nonceOf = (answer: typeof one) =>
    /script-src 'self' 'nonce-([\w-]{22})'/.exec(String(answer.headers["content-security-policy"]))?.[1];
  assert.ok(nonceOf(one));
  assert.notEqual(nonceOf(one), nonceOf(two));
  const scripts = one.body.match(/<(?:script|link rel="modulepreload")[^>]*>/g) ?? [];
  assert.equal(scripts.length, 3);
  for (const tag of scripts) assert.ok(tag.includes(`nonce="${nonceOf(one)}"`), tag);
  assert.equal(one.headers["cache-control"], "no-store");
  await edge.close();
});

test("the page says whether there is a session, so that a visitor's page asks nobody who it is", async () => {
  const edge = Fastify();
  const shell = new Shell(folder, undefined);
  edge.get("/visitor", (_, reply) => shell.send(reply, false));
  edge.get("/person", (_, reply) => shell.send(reply, true));
  assert.match((await edge.inject("/visitor")).body, /^<html>/);
  assert.match((await edge.inject("/person")).body, /^<html data-session>/);
  await edge.close();
});

test("the policy opens nothing but our own host, and in a sandbox the wallet", () => {
  const policy = contentSecurityPolicy("n", undefined);
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /connect-src 'self';/);
  for (const open of ["unsafe-inline", "unsafe-eval", "http:", "https:", "*"]) assert.ok(!policy.includes(open), open);
  assert.match(contentSecurityPolicy("n", "http://127.0.0.1:7777/x"), /connect-src 'self' http:\/\/127\.0\.0\.1:7777;/);
  assert.equal(pageHeaders["X-Content-Type-Options"], "nosniff");
});
