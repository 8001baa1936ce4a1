/**
 * Seals and submits a bid from the command line, with no page whose script one would have to trust:
 *
 *   node portal/sealing/command-line.ts --server https://… --lot LOT --person FOLDER --files bid-form.json a.pdf …
 *
 * FOLDER/person.json holds {personId, membership, family?, signSecret, signKey, encKey, session?, platformKey?}; encKey lies on
 * the curve of the lot's suite. Without a
 * session one of the sandbox is opened. The receipt and the recovery code are written into FOLDER; the code opens
 * the bid, so nobody else may read it.
 */
import { randomBytes } from "node:crypto";
import { open, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import type { SignatureFamily } from "../../formats/act-signature.ts";
import { softwareSigner } from "../../formats/act-signers.ts";
import { type Bytes, bidKeyFor, type PlainFile, signMessage, suiteOf } from "../../formats/seal/index.ts";
import { findAddressFault, openHttpTransport } from "./http-transport.ts";
import { type BidderIdentity, sealAndSubmit } from "./seal-and-submit.ts";

interface PersonFile {
  personId: string;
  membership: string;
  /** P-256 when it is not named. */
  family?: SignatureFamily;
  signKey: string;
  signSecret: string;
  encKey: string;
  session?: string;
  platformKey?: string;
}

const USAGE = "用法：node portal/sealing/command-line.ts --server 地址 --lot 标段 --person 文件夹 --files bid-form.json 文件…";
const random = (length: number) => new Uint8Array(randomBytes(length));

/** Runs the command; the answer is what is printed last. @throws Error with one sentence for the person. */
export async function run(args: readonly string[], say: (line: string) => void): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { server: { type: "string" }, lot: { type: "string" }, person: { type: "string" }, files: { type: "string", multiple: true } },
  });
  const { server, lot, person: folder } = values;
  const paths = [...(values.files ?? []), ...positionals];
  if (!server || !lot || !folder || paths.length === 0) throw new Error(USAGE);
  if (!paths.some((path) => basename(path) === "bid-form.json")) throw new Error("投标文件中没有 bid-form.json，开标时无法唱标。");
  const fault = findAddressFault(server);
  if (fault !== undefined) throw new Error(fault);
  const person = JSON.parse(await readFile(join(folder, "person.json"), "utf8")) as PersonFile;
  const session = person.session ?? (await openSandboxSession(server, person.personId));
  const signer = softwareSigner({ family: person.family ?? "p256", secret: person.signSecret }, new URL(server).origin);
  const httpPerson = { membership: person.membership, session, signer };
  const transport = openHttpTransport(server, httpPerson, { random, onWaiting: (reason) => say(`线路中断，稍后再试：${reason}`) });
  const known = person.platformKey === undefined ? {} : { platformKey: person.platformKey };
  const place = { ...(await transport.readPlace(lot)), ...known };
  const onProgress = ({ bytes, total }: { bytes: number; total: number }) => say(`已密封并上传 ${bytes} / ${total} 字节`);
  const files = await Promise.all(paths.map(openPlainFile));
  try {
    const sealed = await sealAndSubmit(
      { place, identity: identityOf(person, place.ceremony.suite), files },
      { transport, random, onProgress },
    );
    await keep(folder, `receipt-${sealed.bidDigest}.json`, `${JSON.stringify(sealed.receipt, null, 2)}\n`);
    await keep(folder, `recovery-code-${sealed.bidDigest}.txt`, `${sealed.recoveryCode}\n`);
    return `已提交，第 ${sealed.receipt.version} 版，投标摘要 ${sealed.bidDigest}，接收时间 ${sealed.receipt.receivedAt}。`;
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}

function identityOf({ family = "p256", signKey, signSecret, encKey }: PersonFile, suite: 1 | 2): BidderIdentity {
  const { key, secret } = bidKeyFor(suite, { family, key: signKey, secret: signSecret }, random);
  const sign = async (message: Bytes) => signMessage(suiteOf(suite), secret, message, random);
  return { signKey: key, encKey, sign };
}

/** Written once; a file of that name that is there already is never replaced. */
function keep(folder: string, name: string, text: string): Promise<void> {
  return writeFile(join(folder, name), text, { mode: 0o600, flag: "wx" });
}

async function openSandboxSession(server: string, personId: string): Promise<string> {
  const response = await fetch(`${new URL(server).origin}/api/v1/sandbox/sessions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ personId }),
  });
  if (!response.ok) throw new Error("person.json 中没有会话，而该平台不是沙箱：请先登录并写入 session。");
  return ((await response.json()) as { token: string }).token;
}

async function openPlainFile(path: string): Promise<PlainFile & { close(): Promise<void> }> {
  const handle = await open(path);
  const { size } = await handle.stat();
  return {
    name: basename(path),
    size,
    async read(start, end) {
      const bytes = new Uint8Array(end - start);
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
      return bytes.subarray(0, bytesRead);
    },
    close: () => handle.close(),
  };
}

if (import.meta.main) {
  try {
    console.log(await run(process.argv.slice(2), (line) => console.error(line)));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
