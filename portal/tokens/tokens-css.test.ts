import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { type Tokens, tokensCss } from "./tokens-css.ts";

const tokens = JSON.parse(readFileSync(new URL("tokens.json", import.meta.url), "utf8")) as Tokens;

test("every colour and status of tokens.json becomes a custom property", () => {
  const css = tokensCss(tokens);
  assert.match(css, /--primary:#0B5F75/);
  assert.match(css, /--text2:|--text-2:#41525A/);
  assert.match(css, /--live-soft-bg:#FDEEE6/);
  assert.match(css, /--radius-card:10px/);
  assert.match(css, /--serif:"Noto Serif SC"/);
});

test("styles use no variable that tokens.json does not define", () => {
  const defined = new Set(tokensCss(tokens).match(/--[a-z0-9-]+(?=:)/g));
  const folder = new URL("../ui/styles/", import.meta.url);
  for (const file of readdirSync(folder)) {
    const css = readFileSync(new URL(file, folder), "utf8");
    for (const own of css.match(/--[a-z0-9-]+(?=:)/g) ?? []) defined.add(own);
    for (const [, name] of css.matchAll(/var\((--[a-z0-9-]+)/g)) {
      assert.ok(defined.has(name!), `${file} uses ${name}, which tokens.json does not define`);
    }
  }
});
