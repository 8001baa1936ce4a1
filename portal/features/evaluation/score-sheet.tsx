/**
 * The score sheet of one member: bids × items, on the declared scale. Enter goes to the next cell; nothing of other
 * members is here. Saving keeps it with the platform, submitting is an act.
 */
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { type Room, roomQuery } from "../../api/evaluation.ts";
import type { NextAct } from "../../api/types.ts";
import { newCommandId, useSendAct } from "../../signing/send-act.ts";
import { Card, Empty } from "../../ui/card.tsx";
import { Receipt } from "../../ui/lists.tsx";
import { Reading } from "../../ui/reading.tsx";
import { RefusalBlock } from "../../ui/refusal-block.tsx";
import { SignDialog, type SignRequest } from "../../ui/sign-dialog.tsx";
import { clockText } from "../../ui/time.ts";
import { useWords } from "../../words/index.ts";
import { cellFault, type Scores, scoreRows, sumOf } from "./score-draft.ts";

/** How far a key moves in the cells, which stand row by row; left and right leave a cell only at the edge of its text. */
function moveOf({ key, currentTarget }: KeyboardEvent<HTMLInputElement>, columns: number): number {
  const { selectionStart, selectionEnd, value } = currentTarget;
  if (key === "Enter") return 1;
  if (key === "ArrowDown") return columns;
  if (key === "ArrowUp") return -columns;
  if (key === "ArrowRight" && selectionEnd === value.length) return 1;
  return key === "ArrowLeft" && selectionStart === 0 ? -1 : 0;
}

function toOtherCell(event: KeyboardEvent<HTMLInputElement>, columns: number): void {
  const move = moveOf(event, columns);
  if (move === 0) return;
  event.preventDefault();
  const cells = [...document.querySelectorAll<HTMLInputElement>("input[data-cell]")];
  const other = cells[cells.indexOf(event.currentTarget) + move];
  other?.focus();
  other?.select();
}

type GridProps = { readonly room: Room; readonly scores: Scores; readonly strict: boolean; readonly onChange: (scores: Scores) => void };

function Grid({ room, scores, strict, onChange }: GridProps) {
  const t = useWords();
  const bids = room.bids.filter(({ rejected }) => rejected === null);
  const change = (bid: string, item: string, text: string) => onChange({ ...scores, [bid]: { ...scores[bid], [item]: text } });
  return (
    <div className="table-frame">
      <table>
        <caption className="only-readers">{t("evaluation.sheet")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("evaluation.item")}</th>
            <th scope="col">{t("evaluation.range")}</th>
            {bids.map((bid) => (
              <th key={bid.bidDigest} scope="col" className="right" style={{ whiteSpace: "normal", minWidth: 110 }}>
                {bid.bidderName}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {room.items.map((item) => (
            <tr key={item.id}>
              <td>
                <b>{item.label}</b>
                <br />
                <span className="caption third">{item.criteria}</span>
              </td>
              <td className="small third one-line">
                {item.min} – {item.max}
              </td>
              {bids.map((bid) => {
                const text = scores[bid.bidDigest]?.[item.id] ?? "";
                const fault = cellFault(item, text);
                const bad = fault === "notNumber" || fault === "offScale" || (strict && fault === "empty");
                return (
                  <td key={bid.bidDigest} className="right">
                    <input
                      className="input"
                      data-cell
                      style={{ width: 84, minHeight: 36, textAlign: "right" }}
                      inputMode="decimal"
                      aria-label={`${bid.bidderName} ${item.label}（${item.min}–${item.max}）`}
                      {...(bad ? { "aria-invalid": true } : {})}
                      value={text}
                      onKeyDown={(event) => toOtherCell(event, bids.length)}
                      onChange={(event) => change(bid.bidDigest, item.id, event.target.value)}
                    />
                  </td>
                );
              })}
            </tr>
          ))}
          <tr>
            <td className="bold" colSpan={2}>
              {t("evaluation.total")}
            </td>
            {bids.map((bid) => (
              <td key={bid.bidDigest} className="right bold">
                {sumOf(room.items, scores[bid.bidDigest] ?? {})}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function Buttons(props: { readonly isLacking: boolean; readonly onSave: () => void; readonly onSubmit: () => void }) {
  const t = useWords();
  return (
    <p className="row wrapping" style={{ padding: "16px 20px" }}>
      <button className="button large" type="button" onClick={props.onSave}>
        {t("evaluation.save")}
      </button>
      <button className="button primary large" type="button" onClick={props.onSubmit}>
        {t("evaluation.submit")}
      </button>
      {props.isLacking && (
        <span className="is-refused small" role="alert">
          {t("evaluation.notWhole")}
        </span>
      )}
    </p>
  );
}

function Sheet({ act, lotId, room }: { readonly act: NextAct; readonly lotId: string; readonly room: Room }) {
  const t = useWords();
  const sendAct = useSendAct();
  const [scores, setScores] = useState<Scores>(room.sheet?.scores ?? {});
  const [strict, setStrict] = useState(false);
  const [request, setRequest] = useState<SignRequest>();
  const [error, setError] = useState<unknown>(undefined);
  const [savedAt, setSavedAt] = useState<string>();
  const [submittedAt, setSubmittedAt] = useState<string>();
  const bids = room.bids.filter(({ rejected }) => rejected === null);
  const isWhole = bids.every((bid) => room.items.every((item) => cellFault(item, scores[bid.bidDigest]?.[item.id] ?? "") === undefined));
  const save = async () => {
    setError(undefined);
    try {
      const answer = await sendAct({ act: "sht.save", lotId, data: { scores: scoreRows(scores) }, commandId: newCommandId() });
      setSavedAt(answer.at);
    } catch (thrown) {
      setError(thrown);
    }
  };
  const submit = () => {
    setStrict(true);
    if (!isWhole) return;
    setRequest({
      title: act.title,
      rows: bids.map((bid) => [bid.bidderName, sumOf(room.items, scores[bid.bidDigest] ?? {})]),
      send: async (commandId) => {
        const answer = await sendAct({ act: "sht.submit", lotId, data: { scores: scoreRows(scores) }, commandId });
        setRequest(undefined);
        setSubmittedAt(answer.at);
      },
    });
  };
  if (submittedAt) return <Receipt receipt={{ title: t("evaluation.submitted"), at: submittedAt, next: t("evaluation.submittedNext") }} />;
  return (
    <Card
      title={t("evaluation.sheet")}
      aside={
        savedAt && (
          <span className="small is-ok" role="status">
            {t("evaluation.savedAt", { time: clockText(savedAt) })}
          </span>
        )
      }
      flush
    >
      <p className="small second" style={{ padding: "12px 20px 4px" }}>
        {t("evaluation.sheetHint")}
      </p>
      {error !== undefined && (
        <div className="body">
          <RefusalBlock error={error} />
        </div>
      )}
      <Grid room={room} scores={scores} strict={strict} onChange={setScores} />
      <Buttons isLacking={strict && !isWhole} onSave={() => void save()} onSubmit={submit} />
      <SignDialog request={request} onClose={() => setRequest(undefined)} />
    </Card>
  );
}

/** `sht.submit` and `sht.save` */
export function ScoreSheet({ act, lotId }: { readonly act: NextAct; readonly lotId: string }) {
  const t = useWords();
  const query = useQuery(roomQuery(lotId));
  return (
    <Reading query={query}>
      {(room) =>
        room ? (
          <Sheet act={act} lotId={lotId} room={room} />
        ) : (
          <section className="card">
            <Empty title={t("evaluation.closed")} text={t("evaluation.closedText")} />
          </section>
        )
      }
    </Reading>
  );
}
