/** Process of the certificate authority simulator. */
import { runSimulator } from "../frame/main.ts";
import { certificateAuthority } from "./authority.ts";

await runSimulator(certificateAuthority);
