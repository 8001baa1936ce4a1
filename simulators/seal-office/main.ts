/** Process of the simulated seal office. */
import { announce, machine, processOptions } from "../frame/main.ts";
import { startSealOffice } from "./office.ts";

announce(await startSealOffice({ ...processOptions(), machine }));
