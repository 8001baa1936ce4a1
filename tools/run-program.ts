/** Runs one program of the project to its end and collects what it says. The child ends with us. */
import { spawn } from "node:child_process";
import { ROOT } from "./source-files.ts";

export type Run = { readonly code: number; readonly output: string };

/** `program` is found on the PATH, which the bootstrap begins with node_modules/.bin. */
export function runProgram(program: string, args: readonly string[], { cwd = ROOT } = {}): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
    });
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk.toString("utf8");
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs a program that speaks to the person directly; gives its exit code. */
export function showProgram(program: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
