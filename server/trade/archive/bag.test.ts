import assert from "node:assert/strict";
import { test } from "node:test";
import { fromUtf8, hex, utf8 } from "../../../formats/bytes.ts";
import { sha256 } from "../../../formats/jcs.ts";
import { makeBag } from "./bag.ts";

const wish = {
  payload: [
    { path: "papers/notice.pdf", bytes: utf8("b") },
    { path: "index.json", bytes: utf8("a") },
  ],
  info: [["Source-Organization", "交易中心"]] as const,
};

test("a bag has its declaration, manifests that name every byte, and a root", () => {
  const { files, root } = makeBag(wish);
  const content = new Map(files.map(({ path, bytes }) => [path, fromUtf8(bytes)]));
  assert.deepEqual(
    [...content.keys()],
    ["bag-info.txt", "bagit.txt", "data/index.json", "data/papers/notice.pdf", "manifest-sha256.txt", "tagmanifest-sha256.txt"],
  );
  assert.equal(content.get("bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
  assert.equal(content.get("bag-info.txt"), "Source-Organization: 交易中心\nPayload-Oxum: 2.2\n");
  assert.equal(content.get("manifest-sha256.txt"), `${hex(sha256("a"))}  data/index.json\n${hex(sha256("b"))}  data/papers/notice.pdf\n`);
  assert.equal(content.get("tagmanifest-sha256.txt")?.split("\n").length, 4);
  assert.equal(root, hex(sha256(content.get("tagmanifest-sha256.txt") ?? "")));
});

test("any other byte gives another root; a path that leads out or stands twice is refused", () => {
  const other = makeBag({ ...wish, payload: [{ path: "index.json", bytes: utf8("c") }] });
  assert.notEqual(other.root, makeBag(wish).root);
  for (const path of ["../x", "a/../../x", "/x", "a//b", "a\\b", ""])
    assert.throws(() => makeBag({ ...wish, payload: [{ path, bytes: utf8("") }] }), RangeError, path);
  assert.throws(() => makeBag({ ...wish, payload: [...wish.payload, { path: "index.json", bytes: utf8("z") }] }), RangeError);
});
