/** Process of the demonstration trading system: `--port N`; it says where it is, and takes its issuer from standard input's first line. */
import { createInterface } from "node:readline";
import { machine, processOptions } from "../frame/main.ts";
import { startTradingSystem } from "./trading-system.ts";

const { port } = processOptions();
const running = await startTradingSystem("tps", machine, port);
process.stdout.write(`${JSON.stringify({ ready: { url: running.url, row: running.row } })}\n`);
const lines = createInterface({ input: process.stdin });
lines.once("line", (issuer) => {
  running.connect(issuer.trim()).catch((error: unknown) => {
    console.error(`no sign-in at ${issuer}: ${error}`);
    process.exit(1);
  });
});
const end = () => void running.stop().finally(() => process.exit(0));
lines.once("close", end);
process.on("SIGTERM", end);
process.on("SIGINT", end);
