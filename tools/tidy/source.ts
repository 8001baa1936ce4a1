/** One file as the tidy rules see it: its text, and its syntax tree when it is TypeScript. Reads only; never runs it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync } from "@swc/core";

/** A node of the syntax tree, as loose as the parser gives it. */
export type Node = { readonly type: string; readonly span?: { readonly start: number; readonly end: number } } & {
  readonly [name: string]: unknown;
};

export type Source = {
  readonly path: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly isTest: boolean;
  /** Every node, parents first; empty when the file is not TypeScript. */
  readonly nodes: readonly Node[];
  /** The line, from 1, on which a byte of the file stands. */
  lineAt(byte: number): number;
};

const CODE = /\.tsx?$/;
const TEXT = /\.(tsx?|mjs|js|sql|css|md|json|jsonc|ya?ml|html|sh|toml|svg|txt)$|(^|\/)(run|LICENSE|\.editorconfig|\.gitignore)$/;

/** Whether a path holds text that rules can read. */
export function isText(path: string): boolean {
  return TEXT.test(path);
}

export function readSource(root: string, path: string): Source {
  const bytes = readFileSync(join(root, path));
  const text = bytes.toString("utf8");
  const nodes = CODE.test(path) ? allNodes(parseSync(text, { syntax: "typescript", tsx: path.endsWith("x") }) as unknown as Node) : [];
  const lineAt = (byte: number) => {
    let line = 1;
    // The parser counts bytes from 1.
    for (let index = 0; index < byte - 1; index += 1) if (bytes[index] === 0x0a) line += 1;
    return line;
  };
  return { path, text, lines: text.split("\n"), isTest: /\.(test|spec)\.tsx?$/.test(path), nodes, lineAt };
}

function allNodes(root: Node): Node[] {
  const found: Node[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
    } else if (typeof value === "object" && value !== null) {
      if ("type" in value && typeof value.type === "string") found.push(value as Node);
      for (const inner of Object.values(value)) visit(inner);
    }
  };
  visit(root);
  return found;
}
