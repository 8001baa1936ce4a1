/** All invariants of decisions §6 that can be scanned after the fact; called at the end of stories and after crashes. */
import type { Finding, Scan, Scanned } from "./finding.ts";
import { scan as i03 } from "./i03-acknowledged-is-durable.ts";
import { scan as i04 } from "./i04-one-command-one-effect.ts";
import { scan as i05 } from "./i05-in-time.ts";
import { scan as i06 } from "./i06-frozen-list.ts";
import { scan as i07 } from "./i07-lawful-moves.ts";
import { scan as i08 } from "./i08-no-gap-behind-a-reader.ts";
import { scan as i09 } from "./i09-views-follow-the-record.ts";
import { scan as i11 } from "./i11-artefacts-verify.ts";
import { scan as i12 } from "./i12-money.ts";
import { scan as i14 } from "./i14-one-result-per-draw.ts";
import { scan as i16 } from "./i16-answers-keep-their-form.ts";
import { scan as i17 } from "./i17-two-persons.ts";
import { scan as i18 } from "./i18-suspended-stands-still.ts";
import { scan as i20 } from "./i20-legal-periods.ts";
import { scan as i21 } from "./i21-no-limit-lost.ts";

export const scans: Readonly<Record<string, Scan>> = {
  I03: i03,
  I04: i04,
  I05: i05,
  I06: i06,
  I07: i07,
  I08: i08,
  I09: i09,
  I11: i11,
  I12: i12,
  I14: i14,
  I16: i16,
  I17: i17,
  I18: i18,
  I20: i20,
  I21: i21,
};

/** @param scanned what `lookAt` has read. @returns what was found; nothing is the only good answer. */
export async function scanAll(scanned: Scanned): Promise<Finding[]> {
  const found: Finding[] = [];
  for (const scan of Object.values(scans)) found.push(...(await scan(scanned)));
  return found;
}
