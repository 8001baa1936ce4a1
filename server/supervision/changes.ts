/** What an event changed in its noun: each member that it sets, with what stood there before. Rebuilt from the record alone. */
import { type Json, jcsText } from "../../formats/jcs.ts";
import type { LotEvent } from "./lot-events.ts";

export interface Change {
  field: string;
  /** What people call it; null for what only programs read. */
  label: string | null;
  before: string | null;
  after: string;
}

const labels: Readonly<Record<string, string>> = {
  at: "时刻",
  originalAt: "原定时刻",
  title: "标题",
  text: "内容",
  reason: "理由",
  request: "请求",
  number: "编号",
  priceFen: "价格（分）",
  rank: "名次",
  version: "版本",
  dueAt: "期限",
  dueOn: "到期日",
  deadlineMovedTo: "截止时间改为",
  publicityEndsAt: "公示截止",
  objectionChannel: "异议渠道",
  remarks: "备注",
  place: "地点",
  dissent: "不同意见",
  ground: "依据",
  votes: "票数",
  commits: "承诺份数",
  valid: "有效投标数",
  count: "数量",
  lawDate: "适用法律日期",
};

/** Members that are shown in a place of their own. */
const apart = new Set(["decisions", "lotId", "veil", "veiled"]);

const longest = 2000;

function textOf(value: Json | undefined): string {
  const text = typeof value === "string" ? value : jcsText(value ?? null);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

/** The changes of one event after another; `known` holds what stands in each stream. */
export class ChangeBook {
  readonly #known = new Map<string, Map<string, string>>();

  changesOf({ stream, type, data }: LotEvent): Change[] {
    const known = this.#known.get(stream) ?? new Map<string, string>();
    this.#known.set(stream, known);
    // A limit, a seat, a step or an archived item is one of several of its kind in the stream.
    const within = [type.split(".")[0], data.name, data.seat, data.step, data.item].filter((part) => part !== undefined).join("/");
    return Object.entries(data as Record<string, Json | undefined>).flatMap(([field, value]) => {
      if (apart.has(field) || value === undefined) return [];
      const key = `${within}/${field}`;
      const before = known.get(key) ?? null;
      const after = textOf(value);
      known.set(key, after);
      return before === after ? [] : [{ field, label: labels[field] ?? null, before, after }];
    });
  }
}
