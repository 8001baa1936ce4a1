import assert from "node:assert/strict";
import { test } from "node:test";
import { digestOf } from "../../../formats/jcs.ts";
import { noticeData, noticeDraft } from "./notice-draft.ts";

const facts = {
  lotName: "下潭尾湾南岸道路工程施工",
  buyerName: "鹭江新城",
  supervisorName: "市建设局",
  place: "翔安区",
  platformUrl: "http://localhost",
  document: {
    ceilingFen: "18642050000",
    depositFen: "80000000",
    durationDays: 540,
    quality: "合格",
    qualification: ["一级资质"],
    bidDeadlineAt: "2026-12-08T01:00:00.000Z",
  },
};

test("the draft says what 第五条 lists, and each field says something", () => {
  const wanted =
    "project,scope,size,funding,qualification,consortium,documentAccess,deadline,submission,contacts,platformUrl,supervision".split(",");
  const { fields } = noticeDraft(facts);
  for (const name of wanted) assert.ok(fields[name]?.trim(), name);
  assert.match(fields["deadline"]!, /12-08 周二 09:00/);
});

test("every medium carries the same text by digest", () => {
  const text = noticeDraft(facts);
  assert.ok(noticeData(text).media.every(({ textSha256 }) => textSha256 === digestOf(text)));
});
