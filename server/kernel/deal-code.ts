/**
 * Official numbers and their check digits: the unified deal code (40 characters), the project family
 * (17, 20, 23), the credit code (GB 32100) and the identity number (GB 11643).
 * 公共资源交易平台系统数据规范 V2.0; every split of the project code is marked `verify` in the data.
 */
import { isPlainDate, type PlainDate } from "../../law/plain-date.ts";

/** What a unified deal code (统一交易标识码) is made of: one per lot. */
export type DealCodeParts = {
  /** Trade classification, three characters of code list `tender_project_type`, e.g. `A02`. */
  tradeClass: string;
  /** Credit code of the operator of the trading system. */
  operatorCreditCode: string;
  /** The day of the lot's first notice. */
  on: PlainDate;
  serial: number;
};

const dealCodeForm = /^([A-Z]\d{2})-([0-9A-HJ-NPQRTUWXY]{18})-(\d{8})-(\d{6})-([0-9A-Z*])$/;
const check37Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*";
const creditAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const identityWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** @throws RangeError when a part has the wrong form. */
export function unifiedDealCode(parts: DealCodeParts): string {
  const body = [parts.tradeClass, parts.operatorCreditCode, parts.on.replaceAll("-", ""), serialText(parts.serial, 6)];
  const code = `${body.join("-")}-${check37(body.join(""))}`;
  if (!isUnifiedDealCode(code)) throw new RangeError(`not the parts of a deal code: ${body.join(" ")}`);
  return code;
}

export function isUnifiedDealCode(code: string): boolean {
  const parts = dealCodeForm.exec(code);
  if (!parts) return false;
  const [, tradeClass, operator, day, serial, check] = parts as unknown as [string, string, string, string, string, string];
  const on = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  return isPlainDate(on) && isCreditCode(operator) && check37(tradeClass + operator + day + serial) === check;
}

/** The check character of ISO 7064 MOD 37-2 (GB/T 17710). @throws RangeError for a character outside 0-9 A-Z. */
export function check37(text: string): string {
  let remainder = 0;
  for (const character of text) {
    const value = check37Alphabet.indexOf(character);
    if (value < 0 || value > 35) throw new RangeError(`no MOD 37-2 character: ${character}`);
    remainder = ((remainder + value) * 2) % 37;
  }
  return check37Alphabet[(38 - remainder) % 37] ?? "";
}

/** 项目编号, 17 characters: letter, region (6), platform serial (4), project serial (6). @throws RangeError otherwise. */
export function projectCode(parts: { letter: string; region: string; platform: string; serial: number }): string {
  const code = `${parts.letter}${parts.region}${parts.platform}${serialText(parts.serial, 6)}`;
  if (!/^[A-Z]\d{16}$/.test(code)) throw new RangeError(`not the parts of a project code: ${code}`);
  return code;
}

/** 招标项目编号, 20 characters: the project code and a serial. @throws RangeError otherwise. */
export function tenderProjectCode(project: string, serial: number): string {
  return longer(project, 17, serial);
}

/** 标段（包）编号, 23 characters: the tender project code and a serial. @throws RangeError otherwise. */
export function lotCode(tenderProject: string, serial: number): string {
  return longer(tenderProject, 20, serial);
}

/** 文件编号, 26 characters: the lot code and a serial. @throws RangeError otherwise. */
export function documentCode(lot: string, serial: number): string {
  return longer(lot, 23, serial);
}

/** 投资项目统一代码: `yyMM` or `yyyy`, region, industry, kind, serial, joined by hyphens. Form only. */
export function isInvestmentProjectCode(code: string): boolean {
  return /^\d{4}-\d{6}-\d{2}-\d{2}-\d{6}$/.test(code);
}

/** 统一社会信用代码 with a right check character (GB 32100-2015). The inner organisation code is not judged: some real codes fail it. */
export function isCreditCode(code: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{18}$/.test(code)) return false;
  const sum = creditWeights.reduce((total, weight, index) => total + weight * creditAlphabet.indexOf(code[index] ?? ""), 0);
  return creditAlphabet[(31 - (sum % 31)) % 31] === code[17];
}

/** 公民身份号码 with a real date of birth not after `today` and a right check character (GB 11643). */
export function isIdentityNumber(number: string, today: PlainDate): boolean {
  if (!/^[1-9]\d{16}[0-9X]$/.test(number)) return false;
  const born = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  if (!isPlainDate(born) || born > today) return false;
  const sum = identityWeights.reduce((total, weight, index) => total + weight * Number(number[index]), 0);
  return "10X98765432"[sum % 11] === number[17];
}

function longer(code: string, length: number, serial: number): string {
  if (code.length !== length || !/^[A-Z]\d+$/.test(code)) throw new RangeError(`not a code of ${length} characters: ${code}`);
  return code + serialText(serial, 3);
}

function serialText(serial: number, digits: number): string {
  if (!Number.isInteger(serial) || serial < 1 || serial >= 10 ** digits) throw new RangeError(`no serial of ${digits} digits: ${serial}`);
  return String(serial).padStart(digits, "0");
}
