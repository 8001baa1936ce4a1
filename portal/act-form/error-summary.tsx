/** The summary above a form: how many places need a change, and which. It takes the focus. */
import { useEffect, useRef } from "react";
import { useWords } from "../words/index.ts";
import { errorText } from "./act-fields.tsx";
import type { DraftError } from "./form-schema.ts";

/** Nothing when there is nothing to change. */
export function ErrorSummary({ errors }: { readonly errors: readonly DraftError[] }) {
  const t = useWords();
  const block = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) block.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div className="refusal" role="alert" tabIndex={-1} ref={block} style={{ marginBottom: 18 }}>
      <h3>{t("form.errors", { count: errors.length })}</h3>
      <ul className="small">
        {errors.map((error) => (
          <li key={error.pointer}>{errorText(t, error)}</li>
        ))}
      </ul>
    </div>
  );
}
