/**
 * 出租人委托拍卖人拍卖租赁房屋的，应当在拍卖五日前通知承租人。承租人未参加拍卖的，视为放弃优先购买权。
 *
 * Law      民法典 第七百二十七条 (AST-008), days before the auction, at day precision
 * Refuses  "entry.holder-told-late"
 */
import { type Moment, rule } from "../../../kernel/index.ts";

export interface NoticeFacts {
  sentAt: Moment;
  auctionStart: Moment;
}

export const holderIsTold = rule<NoticeFacts>("entry.holder-told-late", {
  ruleId: "AST-008",
  check: ({ sentAt, auctionStart }, values) => values.limit({ from: sentAt, to: auctionStart }),
  message: ({ measured, required }) => `距竞价开始仅 ${String(measured)} 日，应当提前 ${String(required)} 日通知优先权人。`,
  messageEn: "The holder of the right is told at least five days before the auction.",
  whatToDo: "请先推迟竞价开始时间，再通知优先权人。",
});
