/** The states of a page that reads: reading, refused, failed, there. Stale data stay visible. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useWords } from "../words/index.ts";
import { RefusalBlock } from "./refusal-block.tsx";

/** Renders the data when they are there, and says why when they are not. */
export function Reading<T>(props: { readonly query: UseQueryResult<T>; readonly children: (data: T) => ReactNode }) {
  const t = useWords();
  const { query } = props;
  if (query.data !== undefined) return props.children(query.data);
  if (query.isError) {
    return (
      <div style={{ padding: "24px 0" }}>
        <RefusalBlock error={query.error} retry={() => void query.refetch()} />
      </div>
    );
  }
  return (
    <p className="second" role="status" style={{ padding: "32px 0" }}>
      {t("state.loading")}
    </p>
  );
}
