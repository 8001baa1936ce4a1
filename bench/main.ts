/**
 * `npm run bench -- NAME [--json] [--full] [--seconds N] [--rounds N] [--adversarial N] [--watchers N]`: one measurement with its
 * yardstick in the same run. Progress goes to standard error; standard output ends with one JSON object (decisions §8).
 */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const names = ["record", "seal", "opening", "evidence", "auction", "watch", "search", "identity"] as const;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    full: { type: "boolean", default: false },
    seconds: { type: "string" },
    rounds: { type: "string" },
    adversarial: { type: "string" },
    watchers: { type: "string" },
    auction: { type: "boolean", default: false },
  },
});
const name = positionals[0] ?? "";

if (!(names as readonly string[]).includes(name)) {
  console.error(`There is no benchmark "${name}". There are: ${names.join(", ")}.`);
  process.exit(2);
}

const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
const { run } = (await import(`./${name}.ts`)) as { run(options: object): Promise<object> };
const result = await run({
  home: resolve(process.env.EGRET_HOME ?? join(import.meta.dirname, "../.egret")),
  full: values.full,
  seconds: number(values.seconds),
  rounds: number(values.rounds),
  adversarialSeconds: number(values.adversarial),
  watchers: number(values.watchers),
});
console.log(JSON.stringify(result, null, values.json ? 0 : 1));
process.exit(0);
