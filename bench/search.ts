/**
 * `npm run bench -- search`: finding among 200,000 lots by the index of pairs, against LIKE on the same rows, the same
 * questions taken in turn in the same run. A question asks for what the page asks: twenty rows, and the exact counts.
 * `exact` says that every count and every row was the same both ways.
 */
import { seededRandom } from "../server/kernel/index.ts";
import { openPool, type Pool } from "../server/runtime/database/index.ts";
import { testDatabase } from "../server/runtime/database/test-database.ts";
import { countsStatement, gramsOf, normalised, rowsStatement, type Statement } from "../server/trade/transaction/index.ts";
import { type BenchOptions, median, percentile } from "./report.ts";

const titles = 200_000;
const batch = 5_000;

const places = "思明 湖里 集美 海沧 同安 翔安 马銮湾 环东海域 杏林湾 东坪山 五缘湾 下潭尾 后溪 灌口 新店 大嶝 莲花 曾厝垵".split(" ");
const things =
  "污水处理厂 供水管网 排污口 排水箱涵 道路 综合管廊 小学校舍 医院门诊楼 公交首末站 雨水泵站 人行天桥 边坡 河道 保障性住房 公园绿地 照明".split(
    " ",
  );
const works = "新建工程施工 改造工程施工 提升工程施工 勘察设计 监理 设备采购 检测 二期工程总承包 养护服务 修缮".split(" ");
/** Words of two characters, longer ones, codes, and words that nearly every and hardly any title holds. */
const questions = [
  "排污",
  "污水处理",
  "供水管网",
  "第3标段",
  "监理",
  "马銮湾 箱涵",
  "天桥 修缮",
  "A02-350200-123456",
  "同安 小学 监理",
  "嘉庚",
];

function titleOf(random: ReturnType<typeof seededRandom>): string {
  const [one = 0, two = 0, thing = 0, work = 0, section = 0] = random.bytes(5);
  const pick = (words: readonly string[], byte: number) => words[byte % words.length];
  const number = section % 40;
  return `${pick(places, one)}${pick(places, two)}${pick(things, thing)}${pick(works, work)}${number > 0 ? `第${number}标段` : ""}`;
}

async function fill(pool: Pool): Promise<void> {
  const random = seededRandom(1, "search");
  for (let from = 0; from < titles; from += batch) {
    const rows = Array.from({ length: batch }, (_, index) => {
      const number = from + index;
      const [title, code] = [titleOf(random), `A02-350200-${String(number).padStart(6, "0")}`];
      return { number, title, code, search: normalised(`${title} ${code}`), grams: gramsOf(`${title} ${code}`) };
    });
    await pool.query(
      `INSERT INTO transaction.lot (lot_id, transaction_id, project_id, title, state, procedure_id, buyer, centre, supervisor, sector, region_code,
         estimate_fen, deal_code, round, run, pass, is_public, opened_at, search, grams, done_steps)
       SELECT 'lot_' || n, 't', 'p', row->>'title', 'running', 'CO', 'b', 'c', 's', 'sector' || n % 5, '35020' || n % 6, (n * 1000)::text,
         row->>'code', 1, 1, 1, true, to_char(n, 'FM00000000'), row->>'search', ARRAY(SELECT jsonb_array_elements_text(row->'grams')),
         ARRAY['tendering.publish']
       FROM jsonb_array_elements($1::jsonb) AS row, LATERAL (SELECT (row->>'number')::int AS n) AS numbered`,
      [JSON.stringify(rows)],
    );
  }
  await pool.query("VACUUM ANALYZE transaction.lot");
}

/** One question both ways, in turn; which goes first changes each time. */
async function ask(pool: Pool, text: string, indexFirst: boolean) {
  const filter = { publicOnly: true, limit: 20, text };
  const both = { index: { ms: 0, told: "" }, like: { ms: 0, told: "" } };
  for (const way of indexFirst ? (["index", "like"] as const) : (["like", "index"] as const)) {
    const statements: Statement[] = [rowsStatement(filter, way === "index"), countsStatement(filter, way === "index")];
    const start = performance.now();
    const answers = [];
    for (const statement of statements) answers.push((await pool.query(statement)).rows);
    both[way].ms = performance.now() - start;
    both[way].told = JSON.stringify([answers[0]?.map(({ lot_id }) => lot_id), answers[1]]);
  }
  return both;
}

export async function run({ rounds = 12 }: Pick<BenchOptions, "rounds"> = {}) {
  const database = await testDatabase();
  const pool = openPool({ url: database.url, max: 1 });
  try {
    console.error(`Filling ${titles} lots …`);
    await fill(pool);
    await Promise.all(questions.map((text) => ask(pool, text, true)));
    const [index, like]: [number[], number[]] = [[], []];
    let exact = true;
    for (let round = 0; round < rounds; round++) {
      for (const text of questions) {
        const asked = await ask(pool, text, round % 2 === 0);
        index.push(asked.index.ms);
        like.push(asked.like.ms);
        exact &&= asked.index.told === asked.like.told;
      }
    }
    const shown = (times: number[]) => ({
      p50Ms: round2(median(times)),
      p99Ms: round2(percentile(times, 0.99)),
      totalMs: round2(sum(times)),
    });
    return {
      bench: "search",
      titles,
      questions: questions.length,
      ratio: round2(sum(like) / sum(index)),
      exact,
      index: shown(index),
      like: shown(like),
    };
  } finally {
    await pool.end();
    await database.drop();
  }
}

const sum = (values: readonly number[]): number => values.reduce((one, other) => one + other, 0);
const round2 = (value: number): number => Math.round(value * 100) / 100;
