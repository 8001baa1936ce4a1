import { test } from "node:test";
test.skip("later", () => undefined);
test("never", { todo: true }, () => undefined);

test("tired", (t) => t.skip("not today"));
