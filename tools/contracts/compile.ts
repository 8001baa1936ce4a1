/** Compiles the contracts offline with npm `solc`, always with the same settings: `node tools/contracts/compile.ts` writes contracts/*.json anew. */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "../source-files.ts";

const FOLDER = join(ROOT, "contracts");
/** Chains that know no newer opcodes are still in use; `paris` runs on all that were tried. */
const SETTINGS = {
  evmVersion: "paris",
  optimizer: { enabled: true, runs: 200 },
  // Without the hash of comments and paths in it, the same code has the same bytes everywhere.
  metadata: { bytecodeHash: "none", appendCBOR: false },
  outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
};

/** `at` is the name that evidence-v1 §8 gives to the time in every event; this compiler still allows it. */
const WILL_BE_KEYWORD = /^Warning: "at" will be promoted to keyword/;

export type Compiled = { contract: string; compiler: string; evmVersion: string; abi: unknown[]; bytecode: string };

type Output = {
  errors?: { severity: string; formattedMessage: string }[];
  contracts: Record<string, Record<string, { abi: unknown[]; evm: { bytecode: { object: string } } }>>;
};

/** @throws when the compiler has anything to say: a warning in a contract is a fault. */
export function compileContract(contract: string): Compiled {
  const solc = createRequire(import.meta.url)("solc") as { compile(input: string): string; version(): string };
  const file = `${contract}.sol`;
  const sources = { [file]: { content: readFileSync(join(FOLDER, file), "utf8") } };
  const output = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings: SETTINGS }))) as Output;
  const said = (output.errors ?? []).filter(({ formattedMessage }) => !WILL_BE_KEYWORD.test(formattedMessage));
  if (said.length > 0) throw new Error(said.map(({ formattedMessage }) => formattedMessage).join("\n"));
  const compiled = output.contracts[file]?.[contract];
  if (!compiled) throw new Error(`${file} holds no contract ${contract}`);
  return {
    contract,
    compiler: solc.version(),
    evmVersion: SETTINGS.evmVersion,
    abi: compiled.abi,
    bytecode: `0x${compiled.evm.bytecode.object}`,
  };
}

/** What is kept beside the source, so that a server needs no compiler. */
export function keptContract(name: string): Compiled {
  return JSON.parse(readFileSync(join(FOLDER, `${name}.json`), "utf8")) as Compiled;
}

if (import.meta.main)
  writeFileSync(join(FOLDER, "evidence-anchor.json"), `${JSON.stringify(compileContract("EvidenceAnchor"), undefined, 2)}\n`);
