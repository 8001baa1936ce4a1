/** Process of the expert pool simulator. */
import { runSimulator } from "../frame/main.ts";
import { expertPool } from "./pool.ts";

await runSimulator(expertPool);
