/** Process of the message gateway simulator. */
import { runSimulator } from "../frame/main.ts";
import { messageGateway } from "./gateway.ts";

await runSimulator(messageGateway);
