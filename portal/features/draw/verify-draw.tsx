/** "Verify it myself": reads the proof and recomputes it here with the verifier, which shares no code with the maker. */
import "../../words/draw-words.ts";
import { useState } from "react";
import { Icon } from "../../ui/icon.tsx";
import { useWords } from "../../words/index.ts";

type State = { readonly kind: "idle" | "running" | "agrees" } | { readonly kind: "differs"; readonly code: string };

/** The button and its verdict. */
export function VerifyDraw({ href }: { readonly href: string }) {
  const t = useWords();
  const [state, setState] = useState<State>({ kind: "idle" });
  const run = async () => {
    setState({ kind: "running" });
    try {
      const response = await fetch(href);
      const { verifyDrawText } = await import("./verify-text.ts");
      const code = verifyDrawText(await response.text());
      setState(code === undefined ? { kind: "agrees" } : { kind: "differs", code });
    } catch (thrown) {
      setState({ kind: "differs", code: thrown instanceof Error ? thrown.message : String(thrown) });
    }
  };
  return (
    <>
      <button className="button primary" type="button" disabled={state.kind === "running"} onClick={() => void run()}>
        <Icon name="shield" />
        {t("draw.verify")}
      </button>
      <p role="status" className={`small ${state.kind === "differs" ? "is-refused" : "is-ok"}`} style={{ marginTop: 8 }}>
        {state.kind === "running" && t("draw.verifying")}
        {state.kind === "agrees" && t("draw.verified")}
        {state.kind === "differs" && t("draw.differs", { code: state.code })}
      </p>
    </>
  );
}
