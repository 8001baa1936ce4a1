/** Process of the sandbox wallet. */
import { announce, machine, processOptions } from "../frame/main.ts";
import { startWallet } from "./wallet.ts";

announce(await startWallet({ ...processOptions(), machine }));
