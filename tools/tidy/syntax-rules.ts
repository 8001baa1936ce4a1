/** The habits that can only be seen in the syntax tree: sizes, clock and chance, questions about the kind, skipped tests. */
import type { Rule } from "./rule.ts";
import type { Node, Source } from "./source.ts";

const FUNCTION_LINES_MAX = 70;
const PARAMETERS_MAX = 4;
const FUNCTIONS = new Set([
  "FunctionDeclaration",
  "FunctionExpression",
  "ArrowFunctionExpression",
  "ClassMethod",
  "PrivateMethod",
  "Constructor",
  "MethodProperty",
]);

/** Where the machine's clock and chance may be read: everywhere else they are passed in. */
const CLOCK_OWNERS =
  /^(server\/runtime\/|portal\/|tools\/|bench\/|scenarios\/main\.ts$|verifier\/main\.ts$|witness\/main\.ts$|simulators\/(.+\/)?main\.ts$)/;
const ASKS_NO_KIND = /^server\/(?!kinds\/|kernel\/|runtime\/)/;

function name(node: unknown): string {
  const { type, value, property, object } = (node ?? {}) as { type?: string; value?: unknown; property?: unknown; object?: unknown };
  if (type === "Identifier") return String(value);
  if (type === "MemberExpression") return `${name(object)}.${name(property)}`;
  return "";
}

function at(source: Source, node: Node): number {
  return source.lineAt(node.span?.start ?? 1);
}

function longFunctions(source: Source) {
  return source.nodes
    .filter(({ type, span }) => FUNCTIONS.has(type) && span !== undefined)
    .flatMap((node) => {
      const first = at(source, node);
      const length = source.lineAt(node.span?.end ?? 1) - first + 1;
      return length > FUNCTION_LINES_MAX ? [{ line: first, words: `a function of ${length} lines` }] : [];
    });
}

function manyParameters(source: Source) {
  return source.nodes
    .filter(({ type }) => FUNCTIONS.has(type))
    .flatMap((node) => {
      const owner = (node.function ?? node) as Node;
      const count = ((owner.params ?? node.params) as unknown[] | undefined)?.length ?? 0;
      return count > PARAMETERS_MAX ? [{ line: at(source, node), words: `${count} parameters` }] : [];
    });
}

function machineClock(source: Source) {
  if (CLOCK_OWNERS.test(source.path)) return [];
  return source.nodes.flatMap((node) => {
    const called = node.type === "CallExpression" ? name(node.callee) : "";
    const forbidden = called === "Date.now" || called === "Math.random" || called === "performance.now";
    const emptyDate =
      node.type === "NewExpression" && name(node.callee) === "Date" && ((node.arguments as unknown[] | undefined) ?? []).length === 0;
    return forbidden || emptyDate ? [{ line: at(source, node), words: emptyDate ? "new Date()" : `${called}()` }] : [];
  });
}

function kindQuestions(source: Source) {
  if (!ASKS_NO_KIND.test(source.path) || source.isTest) return [];
  const isKind = (node: unknown) => /(^|\.)(kind|tradeKind)$/.test(name(node));
  return source.nodes.flatMap((node) => {
    const compares =
      node.type === "BinaryExpression" && /^[!=]==?$/.test(String(node.operator)) && (isKind(node.left) || isKind(node.right));
    const switches = node.type === "SwitchStatement" && isKind(node.discriminant);
    return compares || switches ? [{ line: at(source, node), words: "asks which kind it is" }] : [];
  });
}

const TEST_WORDS = /^(test|it|describe|suite|t)(\.describe)?\.(skip|only|todo|fixme|fail)$/;

/** What may be said by a running test that needs a program which the machine does not have; the tally prints it. */
const NOT_RUN = /^NOT RUN: .{10,}/;

function lacksProgram({ callee, arguments: given }: Node): boolean {
  const said = (given as { expression: Node }[])[0]?.expression;
  return name(callee) === "t.skip" && said?.type === "StringLiteral" && NOT_RUN.test(String(said.value));
}

function skippedTests(source: Source) {
  return source.nodes.flatMap((node) => {
    if (node.type !== "CallExpression") return [];
    const called = name(node.callee);
    const byName = TEST_WORDS.test(called) && !lacksProgram(node);
    const options = /^(test|it|describe|suite)$/.test(called)
      ? ((node.arguments as { expression: Node }[])[1]?.expression ?? undefined)
      : undefined;
    const byOption =
      options?.type === "ObjectExpression" && (options.properties as Node[]).some(({ key }) => /^(skip|only|todo)$/.test(name(key)));
    return byName || byOption ? [{ line: at(source, node), words: `a test that is skipped, alone or to do` }] : [];
  });
}

export const syntaxRules: readonly Rule[] = [
  { name: "function-too-long", why: `A function has at most ${FUNCTION_LINES_MAX} lines.`, check: longFunctions },
  { name: "too-many-parameters", why: `A function has at most ${PARAMETERS_MAX} parameters.`, check: manyParameters },
  { name: "machine-clock", why: "Clock and chance are passed in; only the edge reads the machine's.", check: machineClock },
  { name: "kind-question", why: "No stage asks which kind it is: it asks the kind for a parameter or a switch.", check: kindQuestions },
  {
    name: "skipped-test",
    why: 'A test runs, or it is deleted; one that lacks an outside program says t.skip("NOT RUN: …").',
    check: skippedTests,
  },
];
