/** `npm run dev`: the server, restarted when its source changes, and the portal served by Vite with live reload. Ends both together. */
import { type ChildProcess, spawn } from "node:child_process";
import { ROOT } from "./source-files.ts";

const WATCHED = ["server", "formats", "law"].map((folder) => `--watch-path=${folder}`);

function run(program: string, args: string[]): ChildProcess {
  return spawn(program, args, { cwd: ROOT, stdio: "inherit" });
}

const children = [
  run("node", ["--disable-warning=ExperimentalWarning", ...WATCHED, "server/app/main.ts"]),
  run("vite", ["--config", "portal/vite.config.ts"]),
];

function endAll(): void {
  for (const child of children) child.kill("SIGTERM");
}

for (const child of children) child.on("exit", endAll);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, endAll);
