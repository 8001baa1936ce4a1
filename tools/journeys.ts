/** The browser journeys alone, for those who write them: `node tools/journeys.ts [playwright's own words]`. */
import { runJourneys } from "./journeys/journeys.ts";
import { close } from "./tally.ts";

close(await runJourneys(process.argv.slice(2)));
