/** `npm start`: builds the portal when it is missing or stale, then becomes the sandbox (scenarios/sandbox/main.ts). */
import { houseErrorFrom } from "../server/runtime/database/index.ts";
import { ensurePortal } from "./portal-build.ts";
import { ROOT } from "./source-files.ts";

try {
  await ensurePortal();
  // By a name that is only known here: tools may start the product, never share its code.
  await import(`${ROOT}/scenarios/sandbox/main.ts`);
} catch (error) {
  console.error(houseErrorFrom(error)?.message ?? error);
  process.exit(1);
}
