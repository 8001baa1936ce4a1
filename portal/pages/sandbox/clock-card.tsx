/** The sandbox clock: forward only, to the next due row or by an hour or a day. Every jump is recorded. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { send } from "../../api/client.ts";
import { useServerNow } from "../../api/server-clock.ts";
import type { Sandbox } from "../../api/types.ts";
import { Card } from "../../ui/card.tsx";
import { RefusalBlock } from "../../ui/refusal-block.tsx";
import { clockText, dayText, deadlineText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";

/** The card. */
export function ClockCard({ sandbox }: { readonly sandbox: Sandbox }) {
  const t = useWords();
  const now = useServerNow();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(undefined);
  const { nextDue } = sandbox;
  const jump = async (to: string) => {
    setBusy(true);
    setError(undefined);
    try {
      await send("POST", "/sandbox/clock/jump", { json: { to } });
      await queries.invalidateQueries();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  const ahead = (ms: number) => jump(new Date((now ?? Date.parse(sandbox.now)) + ms).toISOString());
  return (
    <Card title={t("sandboxPage.clock")} aside={<span className="caption third">{t("sandboxPage.tempo", { tempo: sandbox.tempo })}</span>}>
      <p className="clock">
        {now === undefined ? (
          "—"
        ) : (
          <>
            {dayText(now)} {clockText(now)}
          </>
        )}
      </p>
      <p className="small second" style={{ margin: "4px 0 12px" }}>
        {t("sandboxPage.clockText")}
      </p>
      {nextDue && (
        <>
          <p className="small">{t("sandboxPage.jumpTo", { time: deadlineText(nextDue) })}</p>
          <p style={{ margin: "10px 0" }}>
            <button className="button primary block" type="button" disabled={busy} onClick={() => void jump("nextDue")}>
              {t("sandboxPage.jump")}
            </button>
          </p>
        </>
      )}
      <p className="row wrapping">
        <button className="button small" type="button" disabled={busy} onClick={() => void ahead(3_600_000)}>
          {t("sandboxPage.hour")}
        </button>
        <button className="button small" type="button" disabled={busy} onClick={() => void ahead(86_400_000)}>
          {t("sandboxPage.day")}
        </button>
      </p>
      {error !== undefined && (
        <div style={{ marginTop: 10 }}>
          <RefusalBlock error={error} />
        </div>
      )}
    </Card>
  );
}
