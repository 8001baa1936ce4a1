/** Process of the time-stamp authority simulator. */
import { runSimulator } from "../frame/main.ts";
import { timestampAuthority } from "./authority.ts";

await runSimulator(timestampAuthority);
