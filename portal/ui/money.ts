/**
 * Money as people read it. Works on strings of fen with bigint; a float never touches an amount.
 */

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");

/** `82,146,308.55` from fen. */
export function yuanText(fen: string | bigint): string {
  const value = BigInt(fen);
  const positive = value < 0n ? -value : value;
  const cents = String(positive % 100n).padStart(2, "0");
  return `${value < 0n ? "-" : ""}${grouped(String(positive / 100n))}.${cents}`;
}

/** `￥82,146,308.55` from fen. */
export const moneyText = (fen: string | bigint): string => `￥${yuanText(fen)}`;

/** `18,642.05`, the amount in 万元 with two decimals, rounded half up. */
export function tenThousandText(fen: string | bigint): string {
  const hundredths = (BigInt(fen) + 5_000n) / 10_000n;
  return `${grouped(String(hundredths / 100n))}.${String(hundredths % 100n).padStart(2, "0")}`;
}

/** Fen from what a person types in 元 (`1,234.5`), or undefined when it is not an amount. */
export function fenOf(typed: string): string | undefined {
  const match = /^(\d{1,15})(?:\.(\d{1,2}))?$/.exec(typed.replace(/[,，\s￥]/g, ""));
  if (!match) return undefined;
  return String(BigInt(match[1]!) * 100n + BigInt((match[2] ?? "").padEnd(2, "0")));
}

const numerals = "零壹贰叁肆伍陆柒捌玖";
const places = ["", "拾", "佰", "仟"] as const;
const groups = ["", "万", "亿", "万亿"] as const;

function groupCapital(group: number): string {
  let text = "";
  let zero = false;
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit === 0) {
      zero = text !== "";
    } else {
      text += (zero ? "零" : "") + numerals[digit] + places[place];
      zero = false;
    }
  }
  return text;
}

/** The amount in capital form, `肆拾壹万捌仟元整`, as it is shown under a typed amount. */
export function capitalText(fen: string | bigint): string {
  const value = BigInt(fen);
  let yuan = value / 100n;
  let text = "";
  for (let index = 0; yuan > 0n; index++, yuan /= 10_000n) {
    const group = Number(yuan % 10_000n);
    if (group === 0) continue;
    const higher = yuan / 10_000n > 0n;
    text = (higher && group < 1000 ? "零" : "") + groupCapital(group) + groups[index] + text;
  }
  const [jiao, cent] = [Number((value / 10n) % 10n), Number(value % 10n)];
  const head = text ? `${text}元` : jiao || cent ? "" : "零元";
  if (!jiao && !cent) return `${head}整`;
  const jiaoText = jiao ? `${numerals[jiao]}角` : head ? "零" : "";
  return head + jiaoText + (cent ? `${numerals[cent]}分` : "整");
}
