/**
 * Money is integer fen (bigint) inside and a string of digits `…Fen` on the wire; yuan are text for
 * people. No floating point, no currency but CNY. Shares of money are exact rationals.
 */
import { compare, divideHalfUp, type Exact, exact } from "./exact.ts";

/** Integer fen of CNY; 100 fen are one yuan. */
export type Fen = bigint;

/** The fen in a yuan text such as `178200000.00` or `1,050.5`. @throws RangeError for any other text or more than 2 decimals. */
export function parseYuan(text: string): Fen {
  const parts = /^(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?$/.exec(text);
  if (!parts?.[2]) throw new RangeError(`not an amount in yuan: ${text}`);
  const fen = BigInt(parts[2].replaceAll(",", "")) * 100n + BigInt((parts[3] ?? "").padEnd(2, "0"));
  return parts[1] ? -fen : fen;
}

/** `178200000.00`: for files and forms. */
export function yuanText(fen: Fen): string {
  const digits = (fen < 0n ? -fen : fen).toString().padStart(3, "0");
  return `${fen < 0n ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** `178,200,000.00`: for readers. */
export function formatYuan(fen: Fen): string {
  return yuanText(fen).replace(/\B(?=(?:\d{3})+\.)/g, ",");
}

/** The wire form `…Fen`. */
export function fenText(fen: Fen): string {
  return fen.toString();
}

/** @throws RangeError unless the text is a canonical integer (no sign but minus, no leading zeros). */
export function parseFen(text: string): Fen {
  if (!/^(?:0|-?[1-9]\d{0,17})$/.test(text)) throw new RangeError(`not an amount in fen: ${text}`);
  return BigInt(text);
}

/** Whole yuan of a rule's parameter (`unit: "CNY"`) as fen. */
export function yuan(whole: number | bigint): Fen {
  return BigInt(whole) * 100n;
}

/** The share of an amount, rounded half up to a whole fen. */
export function shareOf(fen: Fen, share: Exact): Fen {
  return divideHalfUp(fen * share.numerator, share.denominator);
}

/** The greatest whole fen that is not above the share: a ceiling must not be rounded up. */
export function ceilingOf(fen: Fen, share: Exact): Fen {
  const product = fen * share.numerator;
  const quotient = product / share.denominator;
  return product < 0n && product % share.denominator !== 0n ? quotient - 1n : quotient;
}

/** `part / whole` compared with a share, exactly: −1 below, 0 equal, 1 above. @throws RangeError for a whole of zero. */
export function compareShare(part: Fen, whole: Fen, share: Exact): -1 | 0 | 1 {
  return compare(exact(part, whole), share);
}

const digitWords = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"] as const;
const placeWords = ["", "拾", "佰", "仟"] as const;
const groupWords = ["", "万", "亿", "万亿"] as const;

/**
 * 人民币大写, as 支付结算办法 附一 writes it: `人民币壹仟肆佰零玖元伍角整`.
 * @throws RangeError for a negative amount or one of 10^16 yuan and more.
 */
export function capitalAmount(fen: Fen): string {
  if (fen < 0n || fen >= 10n ** 18n) throw new RangeError(`no capital amount for ${fen} fen`);
  const wholeYuan = fen / 100n;
  const jiao = Number((fen / 10n) % 10n);
  const rest = Number(fen % 10n);
  const head = wholeYuan > 0n ? `${capitalInteger(wholeYuan)}元` : "";
  if (jiao === 0 && rest === 0) return `人民币${head || "零元"}整`;
  const jiaoText = jiao > 0 ? `${digitWords[jiao]}角` : head ? "零" : "";
  return `人民币${head}${jiaoText}${rest > 0 ? `${digitWords[rest]}分` : "整"}`;
}

/** Groups of four digits, each with its own word; runs of zeros between digits are one 零. */
function capitalInteger(value: bigint): string {
  const groups: number[] = [];
  for (let rest = value; rest > 0n; rest /= 10_000n) groups.push(Number(rest % 10_000n));
  let text = "";
  let zeroPending = false;
  for (let index = groups.length - 1; index >= 0; index--) {
    const group = groups[index] ?? 0;
    if (group === 0) {
      zeroPending = text !== "";
      continue;
    }
    if (text !== "" && (zeroPending || group < 1000)) text += "零";
    text += capitalGroup(group) + groupWord(index, groups);
    zeroPending = false;
  }
  return text;
}

/** 万亿 ends in 亿 only where no 亿 group of its own follows to carry that word. */
function groupWord(index: number, groups: readonly number[]): string {
  return index === 3 && (groups[2] ?? 0) > 0 ? "万" : (groupWords[index] ?? "");
}

function capitalGroup(group: number): string {
  let text = "";
  let zeroPending = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit === 0) {
      zeroPending = text !== "";
      continue;
    }
    text += `${zeroPending ? "零" : ""}${digitWords[digit]}${placeWords[place]}`;
    zeroPending = false;
  }
  return text;
}
