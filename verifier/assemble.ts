/**
 * `node verifier/assemble.ts DIR`: lays the verifier out as a package of its own, ready for `npm pack` or `npm publish`.
 * Types are stripped, because Node strips none inside node_modules; every line stays where it stands here. The three
 * packages that it leans on lie inside, so that installing it asks no registry.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const importedTs = /(\bfrom|\bimport\(?)\s*"(\.[^"]+)\.ts"/g;

/** The modules that a module of the verifier needs, itself included; what stands outside is taken from `formats/` only. */
function modulesFrom(path: string, found: Set<string>): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  const source = stripTypeScriptTypes(readFileSync(path, "utf8"));
  for (const [, , imported] of source.matchAll(importedTs)) modulesFrom(resolve(dirname(path), `${imported}.ts`), found);
  return found;
}

function layModule(path: string, out: string): void {
  const place = relative(root, path);
  if (!/^(verifier|formats)\//.test(place)) throw new Error(`${place} has no place in the package`);
  const script = stripTypeScriptTypes(readFileSync(path, "utf8")).replace(importedTs, '$1 "$2.js"');
  const target = join(out, place.replace(/\.ts$/, ".js"));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, script);
}

type Description = { bin: Record<string, string>; dependencies: Record<string, string>; [name: string]: unknown };

function layDescription(out: string): string[] {
  const text = readFileSync(join(import.meta.dirname, "package.json"), "utf8");
  const { bin, ...rest } = JSON.parse(text) as Description;
  const scripts = Object.entries(bin).map(([name, path]) => [name, `./verifier/${basename(path, ".ts")}.js`]);
  const bundled = Object.keys(rest.dependencies);
  const description = { ...rest, bin: Object.fromEntries(scripts), bundleDependencies: bundled };
  writeFileSync(join(out, "package.json"), `${JSON.stringify(description, undefined, 2)}\n`);
  return bundled;
}

/** Lays the package out in a folder. */
export function assemble(out: string): void {
  mkdirSync(out, { recursive: true });
  for (const path of modulesFrom(join(import.meta.dirname, "main.ts"), new Set())) layModule(path, out);
  for (const name of layDescription(out)) {
    const isNeeded = (path: string) => !/\.(ts|map)$/.test(path) && !/\/(src|esm)$/.test(path);
    cpSync(join(root, "node_modules", name), join(out, "node_modules", name), { recursive: true, filter: isNeeded });
  }
  const python = join(import.meta.dirname, "python");
  for (const name of readdirSync(python).filter((file) => file.endsWith(".py"))) cpSync(join(python, name), join(out, "python", name));
  cpSync(join(import.meta.dirname, "README.md"), join(out, "README.md"));
  cpSync(join(root, "LICENSE"), join(out, "LICENSE"));
}

if (import.meta.main) {
  const [out] = process.argv.slice(2);
  if (out === undefined) throw new Error("usage: node verifier/assemble.ts DIR");
  assemble(resolve(out));
}
