/** Long forms need not be typed: a file with the same data fills them. What was filled is still checked and signed. */
import { useState } from "react";
import { Icon } from "../ui/icon.tsx";
import { useWords, type WordKey } from "../words/index.ts";

/** A button that reads a JSON file into the form. */
export function DraftTools({ onLoad }: { readonly onLoad: (value: unknown) => void }) {
  const t = useWords();
  const [said, setSaid] = useState<WordKey>();
  const load = async (file: File | undefined) => {
    if (!file) return;
    try {
      onLoad(JSON.parse(await file.text()));
      setSaid("form.loaded");
    } catch {
      setSaid("form.loadFailed");
    }
  };
  return (
    <p className="row wrapping caption third" style={{ marginBottom: 16 }}>
      <label className="button small">
        <Icon name="upload" />
        {t("form.load")}
        <input
          className="only-readers"
          type="file"
          accept="application/json,.json"
          onChange={(event) => void load(event.target.files?.[0])}
        />
      </label>
      <span role="status">{said ? t(said) : t("form.saved")}</span>
    </p>
  );
}
