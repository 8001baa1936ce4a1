/**
 * `npm run verify -- --live`: the running house's database held against its log, its tiles, the head in its key
 * folder and the heads that its witnesses keep. Exit 0: all agree. 1: something was changed, with its position.
 * 2: it cannot be carried out. It changes nothing and may run beside the server.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { checkLive, type LiveCheck, LogKeys, TileFolder } from "../evidence/index.ts";
import { machineRandom } from "../runtime/clock/clock.ts";
import { HouseError, houseErrorFrom, openDatabase, openPool } from "../runtime/database/index.ts";
import { type Config, readConfig } from "./config.ts";
import { logFolderIn, logOriginOf, readWitnesses } from "./join-evidence.ts";

try {
  const found = await check(readConfig(process.env));
  for (const line of linesOf(found)) console.log(line);
  process.exit(found.fault ? 1 : 0);
} catch (error) {
  console.error(houseErrorFrom(error)?.message ?? error);
  process.exit(2);
}

async function check(config: Config): Promise<LiveCheck> {
  const keyFolder = join(config.home, "keys");
  if (!existsSync(join(keyFolder, "evidence-log.json")))
    throw new HouseError("configuration", `There is no log in ${config.home}: set EGRET_HOME to the home of the running house.`);
  const database = await openDatabase({ home: config.home, name: config.databaseName, url: config.databaseUrl, say: () => undefined });
  const pool = openPool({ url: database.url, max: 1, onError: () => undefined });
  try {
    const keys = await LogKeys.open(keyFolder, logOriginOf(config.origin), machineRandom);
    const head = await keys.readHead();
    const tiles = new TileFolder(logFolderIn(join(config.home, "platform")));
    return await checkLive({ db: pool, head, tiles, logKey: keys.verifierKey, witnesses: witnessesOf(config) });
  } finally {
    await pool.end();
    await database.close();
  }
}

/** In a sandbox the driver leaves their addresses in the home. */
function witnessesOf({ home, witnessesFile = join(home, "witnesses.json") }: Config) {
  return existsSync(witnessesFile) ? readWitnesses(witnessesFile) : undefined;
}

function linesOf({ events, leaves, witnesses, witnessed, fault }: LiveCheck): string[] {
  const held = witnesses.map(
    ({ name, head }) => `  ${name.padEnd(28)} ${head ? `holds a head of ${head.size} leaves` : "does not answer, or holds nothing"}`,
  );
  return [
    `record     ${events} events`,
    `log        ${leaves} leaves`,
    `witnesses: ${witnesses.length === 0 ? "none" : `a head of ${witnessed} leaves is held by enough of them`}`,
    ...held,
    fault ? `E_LIVE  position ${fault.position}: ${fault.reason}` : "ok",
    ...(events > witnessed ? [`the ${events - witnessed} youngest events are not witnessed: receipts in other hands cover them`] : []),
  ];
}
