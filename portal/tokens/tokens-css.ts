/**
 * Turns tokens.json into CSS custom properties. tokens.json is the only place where a colour, a radius or a
 * font list is written down; styles may use nothing but these variables. Never contains a value of its own.
 */

/** The part of tokens.json that becomes CSS. */
export type Tokens = {
  readonly color: Readonly<Record<string, string>>;
  readonly status: Readonly<Record<string, { readonly fg: string; readonly bg: string }>>;
  readonly chart: { readonly muted: string; readonly grid: string };
  readonly type: {
    readonly sans: readonly string[];
    readonly serif: readonly string[];
    readonly mono: readonly string[];
  };
  readonly radius: Readonly<Record<string, number>>;
};

const kebab = (name: string): string => name.replace(/([a-z])([A-Z0-9])/g, "$1-$2").toLowerCase();

const fontList = (names: readonly string[]): string => names.map((name) => (name.includes(" ") ? `"${name}"` : name)).join(",");

/** The `:root` block with every token as a custom property, e.g. `--primary`, `--ok-fg`, `--radius-card`. */
export function tokensCss(tokens: Tokens): string {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(tokens.color)) lines.push(`--${kebab(name)}:${value}`);
  for (const [name, pair] of Object.entries(tokens.status)) {
    lines.push(`--${kebab(name)}-fg:${pair.fg}`, `--${kebab(name)}-bg:${pair.bg}`);
  }
  for (const [name, value] of Object.entries(tokens.radius)) {
    lines.push(`--radius-${kebab(name)}:${value}px`);
  }
  lines.push(`--chart-muted:${tokens.chart.muted}`, `--chart-grid:${tokens.chart.grid}`);
  lines.push(`--sans:${fontList(tokens.type.sans)}`);
  lines.push(`--serif:${fontList(tokens.type.serif)}`);
  lines.push(`--mono:${fontList([...tokens.type.mono.slice(0, -1), ...tokens.type.sans.slice(0, 1), "monospace"])}`);
  return `:root{${lines.join(";")}}`;
}
