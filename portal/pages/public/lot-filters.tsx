/** Filters of the list of notices: chosen ones as chips that can be taken away, the others with what they would leave. */
import { Link } from "@tanstack/react-router";
import { amounts, type Choice, choices, dues, type FoundLots, type LotSearch } from "../../api/find-lots.ts";
import { Icon } from "../../ui/icon.tsx";
import { useWords, type WordKey } from "../../words/index.ts";

type Filter = Choice | "amount" | "due";
const filters: readonly Filter[] = ["stage", "region", "sector", "amount", "due"];

/** The word of a filter's value. */
export const filterWord = (filter: Filter, value: string): WordKey => `${filter}.${value}` as WordKey;

const without = (search: LotSearch, filter: Filter | "q"): LotSearch => {
  const { [filter]: _, page: __, ...rest } = search;
  return rest;
};

/** What is chosen. */
export function ChosenFilters({ search }: { readonly search: LotSearch }) {
  const t = useWords();
  const chosen = filters.filter((filter) => search[filter] !== undefined);
  if (chosen.length === 0 && !search.q) return null;
  return (
    <ul className="chips" aria-label={t("notices.chosen")}>
      {search.q && <Chip text={`“${search.q}”`} search={without(search, "q")} />}
      {chosen.map((filter) => (
        <Chip key={filter} text={t(filterWord(filter, String(search[filter])))} search={without(search, filter)} />
      ))}
      <li>
        <Link className="small" to="/notices">
          {t("notices.clear")}
        </Link>
      </li>
    </ul>
  );
}

function Chip({ text, search }: { readonly text: string; readonly search: LotSearch }) {
  const t = useWords();
  return (
    <li>
      <Link className="chip" to="/notices" search={search} aria-label={t("notices.without", { word: text })}>
        {text} <Icon name="cross" />
      </Link>
    </li>
  );
}

function Values(props: {
  readonly filter: Filter;
  readonly search: LotSearch;
  readonly values: readonly { readonly value: string; readonly count?: number }[];
}) {
  const t = useWords();
  const { filter, search, values } = props;
  if (values.length === 0) return null;
  return (
    <section aria-labelledby={`filter-${filter}`}>
      <h2 id={`filter-${filter}`} className="field-label">
        {t(`filter.${filter}` as WordKey)}
      </h2>
      <ul>
        {values.map(({ value, count }) => (
          <li key={value}>
            <Link
              to="/notices"
              search={{ ...without(search, filter), [filter]: value }}
              {...(search[filter] === value ? { "aria-current": "true" as const } : {})}
            >
              {t(filterWord(filter, value))} {count !== undefined && <span className="third">{count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The rail; on a phone it is folded. */
export function LotFilters({ search, found }: { readonly search: LotSearch; readonly found: FoundLots }) {
  const t = useWords();
  return (
    <details className="card filters" open={window.matchMedia("(min-width: 901px)").matches}>
      <summary>{t("notices.filters")}</summary>
      {choices.map((choice) => (
        <Values key={choice} filter={choice} search={search} values={found.choices[choice]} />
      ))}
      <Values filter="amount" search={search} values={amounts.map((value) => ({ value }))} />
      <Values filter="due" search={search} values={dues.map((value) => ({ value }))} />
    </details>
  );
}
