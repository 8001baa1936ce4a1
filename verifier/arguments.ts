/** The words of the command line. Anything that is not understood is a usage error, never ignored. */
export type Request = { kind: "vectors"; file: string } | { kind: "path"; path: string; trust: string | undefined; asJson: boolean };

export const usage = `usage: npm run verify -- DIR  [--trust FILE] [--json]   a published package
       npm run verify -- FILE [--json]                  one draw record, opening or ceremony
       npm run verify -- --vectors FILE                 a file of test vectors
exit:  0 everything holds · 1 something does not (its code is printed) · 2 the command cannot be carried out`;

/** The request, or a sentence that says what is wrong with the arguments. */
export function readArguments(words: readonly string[]): Request | { kind: "usage"; why: string } {
  const values = new Map<string, string>();
  const paths: string[] = [];
  let asJson = false;
  for (let k = 0; k < words.length; k++) {
    const word = words[k] ?? "";
    if (word === "--json") asJson = true;
    else if (word === "--trust" || word === "--vectors") {
      const value = words[++k];
      if (value === undefined || values.has(word)) return { kind: "usage", why: `${word} needs one file` };
      values.set(word, value);
    } else if (word === "--policy") {
      return { kind: "usage", why: "no evidence log is configured yet: a policy file cannot be checked (witnesses: none)" };
    } else if (word.startsWith("-")) return { kind: "usage", why: `unknown option ${word}` };
    else paths.push(word);
  }
  return chosen(paths, values, asJson);
}

function chosen(paths: string[], values: ReadonlyMap<string, string>, asJson: boolean): ReturnType<typeof readArguments> {
  const vectors = values.get("--vectors");
  if (vectors !== undefined) {
    const isAlone = paths.length === 0 && !values.has("--trust");
    return isAlone ? { kind: "vectors", file: vectors } : { kind: "usage", why: "--vectors stands alone" };
  }
  const [path, ...more] = paths;
  if (path === undefined || more.length > 0) return { kind: "usage", why: "name one folder or file" };
  return { kind: "path", path, trust: values.get("--trust"), asJson };
}
