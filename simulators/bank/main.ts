/** Process of the bank simulator. */
import { runSimulator } from "../frame/main.ts";
import { bank } from "./bank.ts";

await runSimulator(bank);
