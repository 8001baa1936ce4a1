/**
 * The page on which the sandbox reads what would have been sent. It says on top that nothing was sent; every text
 * is escaped, for a message is foreign input.
 */
import type { Sending } from "./sending.ts";

export function outboxPage(sendings: readonly Sending[]): string {
  const rows = sendings
    .filter(({ text }) => text !== "")
    .reverse()
    .map(rowOf)
    .join("\n");
  return `<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>模拟短信</title>
<style>body{font:16px/1.6 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}strong{background:#fff3cd;padding:.25rem .5rem}td,th{border-bottom:1px solid #ddd;padding:.4rem;text-align:left;vertical-align:top}</style>
<h1>模拟短信</h1><p><strong>SIMULATOR – nothing was sent　模拟器，未真实发送</strong></p>
<table><thead><tr><th>时间<th>收件<th>内容<th>状态</thead><tbody>
${rows}
</tbody></table></html>
`;
}

function rowOf({ at, to, text, state }: Sending): string {
  const shanghai = new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
  return `<tr><td>${shanghai}<td>${escaped(to)}<td>${escaped(text)}<td>${escaped(state)}`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
