/** What leaves in a feed cannot break out of its form: markup, control characters, long lines of Chinese. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { calendarText, folded, xml } from "./feeds.ts";

test("markup in a title is text in a feed", () => {
  assert.equal(xml(`</title><script>"a" & 'b'`), "&lt;/title&gt;&lt;script&gt;&quot;a&quot; &amp; &apos;b&apos;");
  assert.equal(xml("a\u0000b\u001fc\td"), "abc\td");
});

test("a comma or a line break in a title ends no property of a calendar (RFC 5545 §3.3.11)", () => {
  assert.equal(calendarText("一,二;三\\四\r\nEND:VEVENT"), "一\\,二\\;三\\\\四\\nEND:VEVENT");
});

test("a long line goes on after a space and no character is cut (RFC 5545 §3.1)", () => {
  const line = `SUMMARY:${"厦".repeat(60)}`;
  const parts = folded(line).split("\r\n");
  assert.ok(parts.every((part) => Buffer.byteLength(part) <= 75));
  assert.ok(parts.slice(1).every((part) => part.startsWith(" ")));
  assert.equal(parts.map((part, index) => (index === 0 ? part : part.slice(1))).join(""), line);
});
