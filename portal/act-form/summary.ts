/** What the dialog shows of a value: label and readable value of every leaf that was filled. */

import type { Row } from "../ui/card.tsx";
import { moneyText } from "../ui/money.ts";
import { sizeText } from "../ui/size.ts";
import { deadlineText } from "../ui/time.ts";
import type { Words } from "../words/index.ts";
import { fieldWord } from "./field-words.ts";
import { choicesOf, type FormSchema, isFile, leafOf, plain, valuesOfMap } from "./form-schema.ts";

const shownRows = 24;

function leafText(t: Words, name: string, schema: FormSchema, value: unknown): string {
  const leaf = leafOf(name, schema);
  if (leaf === "money") return moneyText(String(value));
  if (leaf === "moment") return deadlineText(String(value));
  if (leaf === "tick") return value === true ? t("common.yes") : t("common.no");
  if (leaf === "choice") return choicesOf(schema).find((choice) => choice.value === String(value))?.label ?? String(value);
  if (leaf === "file" && typeof value === "object" && value !== null) {
    const file = value as { readonly name?: string; readonly size?: number };
    return `${file.name ?? ""}（${sizeText(Number(file.size))}）`;
  }
  const text = typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value);
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
}

function rowsOf(t: Words, whole: FormSchema, value: unknown, over: string): Row[] {
  const schema = plain(whole);
  if (valuesOfMap(schema) && typeof value === "object" && value !== null) {
    return Object.entries(value).map(([name, part]) => [over ? `${over} · ${name}` : name, leafText(t, name, valuesOfMap(schema)!, part)]);
  }
  if (schema.type === "object" && schema.properties && typeof value === "object" && value !== null) {
    return Object.entries(schema.properties).flatMap(([name, wholePart]) => {
      const part = plain(wholePart);
      const own = (value as Record<string, unknown>)[name];
      if (own === undefined || own === null || part.const !== undefined) return [];
      const title = (wholePart.title ?? part.title ?? fieldWord(name)).replace(/（分）/g, "");
      const label = over ? `${over} · ${title}` : title;
      if ((part.properties && !isFile(part)) || part.items || valuesOfMap(part)) return rowsOf(t, part, own, label);
      return [[label, leafText(t, name, part, own)] as const];
    });
  }
  if (schema.type === "array" && schema.items && Array.isArray(value)) {
    return value.flatMap((item, index) =>
      schema.items!.properties && !isFile(schema.items!)
        ? rowsOf(t, schema.items!, item, `${over} ${index + 1}`)
        : [[`${over} ${index + 1}`, leafText(t, "", schema.items!, item)] as const],
    );
  }
  return [];
}

/** Rows of the dialog; a very long value is cut to its first rows and says how many follow. */
export function summaryRows(t: Words, schema: FormSchema, value: unknown): readonly Row[] {
  const rows = rowsOf(t, schema, value, "");
  if (rows.length <= shownRows) return rows;
  return [...rows.slice(0, shownRows), ["…", `+${rows.length - shownRows}`]];
}

const resultWords: Readonly<Record<string, string>> = {
  questionId: "问题编号",
  projectId: "项目编号",
  projectCode: "项目代码",
  admissionId: "登记编号",
  transactionId: "交易编号",
  drawId: "抽取编号",
  textSha256: "公告摘要",
  sha256: "文件摘要",
  receipt: "回执",
  version: "版本",
  member: "成员序号",
  bidDigest: "投标文件摘要",
  account: "虚拟账户",
  accountNumber: "虚拟账号",
  bank: "开户行",
  amountFen: "金额（分）",
  dueAt: "最迟",
  id: "编号",
};

/** What the server answered to an act, as rows: ids and figures that a person may want to keep. */
export function resultRows(result: Readonly<Record<string, unknown>>): readonly Row[] {
  return (
    Object.entries(result)
      .filter(([name, value]) => name in resultWords && (typeof value === "string" || typeof value === "number"))
      // Ids belong to programs; whatever a person needs later stands on the page of the thing itself.
      .filter(([, value]) => !/^[a-z]{3}_[0-9A-Z]{20,}/.test(String(value)))
      .map(([name, value]) => [resultWords[name] ?? name, String(value)])
  );
}
