/**
 * Process of the key keeper: `node server/trade/bidding/key-keeper/main.ts --home DIR --receipt-key HEX33 [--port N] [--sandbox]`.
 * Its folder (0700) lies outside the database. It says where it listens as one JSON line and ends with its parent.
 * Only with `--sandbox` does it follow a clock that is pushed to it; otherwise the machine's time judges deadlines.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { hex } from "../../../../formats/bytes.ts";
import { machineClock, machineRandom } from "../../../runtime/clock/clock.ts";
import { Keeper } from "./keeper.ts";
import { openKeeperDoors } from "./keeper-doors.ts";

const { values } = parseArgs({
  options: {
    home: { type: "string" },
    "receipt-key": { type: "string" },
    port: { type: "string", default: "0" },
    sandbox: { type: "boolean", default: false },
  },
});
const { home, "receipt-key": receiptKey } = values;
if (!home || !receiptKey || !/^0[23][0-9a-f]{64}$/.test(receiptKey)) throw new Error("--home DIR and --receipt-key HEX33 are needed");

mkdirSync(home, { recursive: true, mode: 0o700 });
const tokenPath = join(home, "token");
if (!existsSync(tokenPath)) writeFileSync(tokenPath, hex(machineRandom.bytes(32)), { mode: 0o600, flush: true });

let push: { anchorReal: string; anchorVirtual: string; tempo: number } | undefined;
let shown = 0;
/** In a sandbox nothing is past before the sandbox has told the time. */
const sandboxNow = () => {
  if (push)
    shown = Math.max(shown, Date.parse(push.anchorVirtual) + Math.floor((machineClock.now() - Date.parse(push.anchorReal)) * push.tempo));
  return shown;
};

const keeper = new Keeper({
  folder: join(home, "lots"),
  receiptKey,
  random: machineRandom,
  now: values.sandbox ? sandboxNow : () => machineClock.now(),
});
const follow = (next: NonNullable<typeof push>) => {
  push = next;
};
const followClock = values.sandbox ? { followClock: follow } : {};
const doors = await openKeeperDoors({ keeper, token: readFileSync(tokenPath, "utf8").trim(), ...followClock }, Number(values.port));
process.stdout.write(`${JSON.stringify({ ready: { url: doors.url } })}\n`);

const end = () => void doors.close().finally(() => process.exit(0));
process.on("SIGTERM", end);
process.on("SIGINT", end);
if (process.env.EGRET_CHILD === "1") process.stdin.on("end", end).on("error", end).resume();
