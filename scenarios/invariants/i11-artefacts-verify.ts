/** I11: every opening and draw verifies with the verifier's own code, from its published record alone; every receipt lies in one. */
import { drawRecord, drawsOf } from "../../server/trade/draw/index.ts";
import { openingRecord } from "../../server/trade/opening/index.ts";
import { verifyDraw } from "../../verifier/draw/index.ts";
import { verifyOpening } from "../../verifier/seal/index.ts";
import { byStream, type Finding, type Scanned } from "./finding.ts";

export async function scan(scanned: Scanned): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const lotId of byStream(scanned.events).keys()) {
    if (!lotId.startsWith("lot_")) continue;
    found.push(...(await openingFaults(scanned, lotId)), ...(await drawFaults(scanned, lotId)));
  }
  return found;
}

async function openingFaults({ pool, told = [] }: Scanned, lotId: string): Promise<Finding[]> {
  const find = (words: string): Finding => ({ invariant: "I11", where: lotId, words });
  const record = await openingRecord(pool, lotId);
  if (!record) return [];
  const text = JSON.stringify(record);
  const verdict = verifyOpening(text);
  // A receipt that was handed out must be the very one that the record shows: its signature is checked there.
  const lost = told
    .filter(({ status }) => status === 200)
    .map((answer) => JSON.parse(answer.text).result?.receipt as { lotId: string; sig: string } | undefined)
    .filter((receipt) => receipt?.lotId === lotId && !text.includes(receipt.sig));
  return [
    ...(verdict.ok ? [] : [find(`the opening does not verify: ${verdict.code}`)]),
    ...lost.map((receipt) => find(`the receipt ${receipt?.sig} is not in the opening record`)),
  ];
}

async function drawFaults({ pool }: Scanned, lotId: string): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const draw of await drawsOf(pool, lotId)) {
    if (!draw.result) continue;
    const verdict = await verifyDraw(JSON.stringify(await drawRecord(pool, draw.id)));
    if (!verdict.ok) found.push({ invariant: "I11", where: draw.id, words: `the draw does not verify: ${verdict.code}` });
  }
  return found;
}
