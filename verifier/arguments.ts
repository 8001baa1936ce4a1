/** The words of the command line. Anything that is not understood is a usage error, never ignored. */
export type Request = { kind: "vectors"; file: string } | PathRequest;

/** `policy` and `checkpoint` are the reader's own: the evidence policy, and a checkpoint kept from before. */
export type PathRequest = {
  kind: "path";
  path: string;
  trust: string | undefined;
  policy: string | undefined;
  checkpoint: string | undefined;
  asJson: boolean;
};

export const usage = `usage: npm run verify -- DIR  [--trust FILE] [--policy FILE] [--json]           a published package
       npm run verify -- FILE [--json]                                          one draw record, opening or ceremony
       npm run verify -- RECEIPT --trust FILE [--json]                          one receipt of a bid
       npm run verify -- BUNDLE --policy FILE [--checkpoint FILE] [--json]      one evidence bundle
       npm run verify -- --vectors FILE                                         a file of test vectors
exit:  0 everything holds · 1 something does not (its code is printed) · 2 the command cannot be carried out`;

const withFile = ["--trust", "--vectors", "--policy", "--checkpoint"];

/** The request, or a sentence that says what is wrong with the arguments. */
export function readArguments(words: readonly string[]): Request | { kind: "usage"; why: string } {
  const values = new Map<string, string>();
  const paths: string[] = [];
  let asJson = false;
  for (let k = 0; k < words.length; k++) {
    const word = words[k] ?? "";
    if (word === "--json") asJson = true;
    else if (withFile.includes(word)) {
      const value = words[++k];
      if (value === undefined || values.has(word)) return { kind: "usage", why: `${word} needs one file` };
      values.set(word, value);
    } else if (word.startsWith("-")) return { kind: "usage", why: `unknown option ${word}` };
    else paths.push(word);
  }
  return chosen(paths, values, asJson);
}

function chosen(paths: string[], values: ReadonlyMap<string, string>, asJson: boolean): ReturnType<typeof readArguments> {
  const vectors = values.get("--vectors");
  if (vectors !== undefined) {
    const isAlone = paths.length === 0 && values.size === 1;
    return isAlone ? { kind: "vectors", file: vectors } : { kind: "usage", why: "--vectors stands alone" };
  }
  const [path, ...more] = paths;
  if (path === undefined || more.length > 0) return { kind: "usage", why: "name one folder or file" };
  if (values.has("--checkpoint") && !values.has("--policy")) return { kind: "usage", why: "--checkpoint needs --policy" };
  return {
    kind: "path",
    path,
    trust: values.get("--trust"),
    policy: values.get("--policy"),
    checkpoint: values.get("--checkpoint"),
    asJson,
  };
}
