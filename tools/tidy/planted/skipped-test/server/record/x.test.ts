import { test } from "node:test";
test.skip("later", () => undefined);
test("never", { todo: true }, () => undefined);
