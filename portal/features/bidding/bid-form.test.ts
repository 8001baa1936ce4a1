import assert from "node:assert/strict";
import { test } from "node:test";
import { bidFormFile, faultsOf, firstBidDraft } from "./bid-form.ts";

const draft = {
  ...firstBidDraft({ days: 540, validityDays: 120, depositForm: "3" }),
  price: "180,338,977.15",
  managerName: "陈志远",
  managerCertificate: "沙箱建造-1-0001",
  facts: { creditGrade: "A", similarProjects: "3", note: " " },
};

test("a whole draft becomes the form that is read out", () => {
  assert.deepEqual(faultsOf(draft, "18642050000"), []);
  assert.deepEqual(bidFormFile(draft), {
    v: 1,
    priceFen: "18033897715",
    currency: "CNY",
    durationDays: 540,
    quality: "合格",
    projectManager: { name: "陈志远", certificate: "沙箱建造-1-0001" },
    validityDays: 120,
    depositForm: "3",
    facts: { creditGrade: "A", similarProjects: 3 },
  });
});

test("the ceiling itself is allowed, one fen more is not", () => {
  assert.deepEqual(faultsOf({ ...draft, price: "186420500.00" }, "18642050000"), []);
  assert.deepEqual(faultsOf({ ...draft, price: "186420500.01" }, "18642050000"), [{ field: "price", kind: "aboveCeiling" }]);
});

test("what is missing is named, and no file is made of it", () => {
  const empty = { ...draft, price: "", managerName: "" };
  assert.deepEqual(
    faultsOf(empty, undefined).map(({ field }) => field),
    ["price", "managerName"],
  );
  assert.throws(() => bidFormFile(empty), RangeError);
});
