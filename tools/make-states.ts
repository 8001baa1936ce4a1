/**
 * Draws every table of states into docs/states (`--check` compares): `node tools/make-states.ts [--check]`.
 * A table that is not listed here is a table that nobody sees; the test counts the files.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, sourceFiles } from "./source-files.ts";

const folder = join(ROOT, "docs/states");

interface Table {
  rows: object;
}

/** Tables by name: every `export const …States = states(…)` of the trade, wherever it stands. */
export async function stateTables(): Promise<Map<string, Table>> {
  const tables = new Map<string, Table>();
  for (const path of sourceFiles(ROOT, "server/trade")) {
    const names = [...readFileSync(join(ROOT, path), "utf8").matchAll(/^export const (\w+)States = states\(/gm)].map(
      (match) => match[1] as string,
    );
    if (names.length === 0) continue;
    const module = (await import(join(ROOT, path))) as Record<string, Table>;
    for (const name of names) tables.set(name, module[`${name}States`] as Table);
  }
  return tables;
}

export async function drawnStates(): Promise<Map<string, string>> {
  // By a name that is only known here: tools may draw the product, never share its code.
  const { drawStates } = (await import(`${ROOT}/server/kernel/index.ts`)) as { drawStates(table: Table): string };
  const drawn = new Map<string, string>();
  for (const [name, table] of await stateTables()) drawn.set(`${name}.md`, `# ${name}\n\n\`\`\`mermaid\n${drawStates(table)}\`\`\`\n`);
  return drawn;
}

/** Names of files that differ from what the tables say. */
export async function staleStates(): Promise<string[]> {
  const drawn = await drawnStates();
  const kept = new Set(readdirSync(folder).filter((file) => file.endsWith(".md")));
  const differing = [...drawn]
    .filter(([file, text]) => !kept.has(file) || readFileSync(join(folder, file), "utf8") !== text)
    .map(([file]) => file);
  return [...differing, ...[...kept].filter((file) => !drawn.has(file))];
}

if (process.argv[1] === import.meta.filename) {
  if (process.argv.includes("--check")) {
    const stale = await staleStates();
    if (stale.length > 0) console.error(`docs/states is stale: ${stale.join(", ")}. Run node tools/make-states.ts`);
    process.exitCode = stale.length > 0 ? 1 : 0;
  } else {
    mkdirSync(folder, { recursive: true });
    for (const [file, text] of await drawnStates()) writeFileSync(join(folder, file), text);
  }
}
