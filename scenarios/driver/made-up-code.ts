/** A credit code of an organisation that only a story knows: seventeen made-up characters and the right check character. */
import { isCreditCode } from "../../server/kernel/index.ts";

const alphabet = [..."0123456789ABCDEFGHJKLMNPQRTUWXY"];

/** @throws when the seventeen characters are not of the code's alphabet. */
export function madeUpCreditCode(seventeen: string): string {
  const code = alphabet.map((check) => `${seventeen}${check}`).find(isCreditCode);
  if (!code) throw new Error(`no credit code begins with ${seventeen}`);
  return code;
}
