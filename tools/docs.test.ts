/** Documents cannot lie about what is there: what they link to exists, and the commands they name can be run. */
import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import manifest from "../package.json" with { type: "json" };
import { ROOT } from "./source-files.ts";

const documents = globSync(["*.md", "docs/**/*.md"], { cwd: ROOT });

/** Targets of links and pictures in a Markdown text, without those of other hosts and of the page itself. */
function linksOf(text: string): string[] {
  return [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, target]) => target as string).filter((target) => !/^[a-z]+:/.test(target));
}

function missingLinks(path: string): string[] {
  const text = readFileSync(join(ROOT, path), "utf8");
  return linksOf(text).filter((target) => !existsSync(join(ROOT, dirname(path), target)));
}

test("links and pictures lead somewhere", () => {
  assert.ok(documents.includes("README.md") && documents.includes("README.zh-CN.md"));
  assert.deepEqual(
    documents.flatMap((path) => missingLinks(path).map((target) => `${path}: ${target}`)),
    [],
  );
  assert.deepEqual(linksOf("see ![a](docs/none.png) and [b](https://example.org)"), ["docs/none.png"]);
});

test("commands that the README names are commands of the project", () => {
  for (const readme of ["README.md", "README.zh-CN.md"]) {
    const named = [...readFileSync(join(ROOT, readme), "utf8").matchAll(/npm (?:run )?([a-z:]+)/g)].map(([, name]) => name as string);
    assert.ok(named.length > 4, readme);
    assert.deepEqual(
      named.filter((name) => !(name in manifest.scripts)),
      [],
      readme,
    );
  }
});
